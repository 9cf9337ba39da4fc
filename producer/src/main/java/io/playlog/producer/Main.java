package io.playlog.producer;

import io.playlog.catalogue.Catalogue;
import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.config.PlaylogConfig;
import io.playlog.producer.importing.ImportCommand;
import io.playlog.producer.run.ProducerRun;
import io.playlog.producer.run.RunOptions;
import io.playlog.producer.run.RunPlan;
import io.playlog.producer.songs.GenerateCatalogueCommand;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sends listens of synthetic listeners to Kafka, and imports those of real ones. */
@Command(
    name = "producer.jar",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = {
      "Sends listens of synthetic listeners to Kafka, until it is stopped or has sent --count.",
      "It ends with a line on stdout: produced N, acknowledged N, failed N."
    },
    subcommands = {
      CreateTopicsCommand.class,
      GenerateCatalogueCommand.class,
      ImportCommand.class,
      SettingsCommand.class
    })
public final class Main extends Program implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Spec private CommandSpec spec;

  @Mixin private RunOptions options;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return commandLine(new Main());
  }

  @Override
  public Integer call() {
    PlaylogConfig settings = loadConfig();
    RunPlan plan = RunPlan.of(spec, options, settings.producer(), Instant.now());
    Catalogue catalogue = Catalogue.read(settings.catalogue().path());
    LOG.info("Catalogue {}: {}", settings.catalogue().path(), catalogue.summary());
    catalogue.warnings().forEach(LOG::warn);
    return ProducerRun.start(settings, catalogue, plan, spec.commandLine().getOut()).code();
  }
}
