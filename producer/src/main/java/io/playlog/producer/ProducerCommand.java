package io.playlog.producer;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.SettingsCommand;
import io.playlog.producer.kafka.CreateTopicsCommand;
import io.playlog.producer.run.ProducerRun;
import io.playlog.producer.run.RunOptions;
import io.playlog.producer.run.RunPlan;
import io.playlog.producer.songs.GenerateCatalogueCommand;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends listens of made-up listeners to Kafka. */
@Command(
    name = "producer.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    description = {
      "Sends listens of made-up listeners to Kafka, until it is stopped or has sent --count.",
      "It ends with a line on stdout: produced N, acknowledged N, failed N."
    },
    footer = {
      "",
      "Exit codes: 0 all well; 1 a listen was not acknowledged; 2 arguments, configuration or"
          + " catalogue cannot be used; 3 no broker answers, or a topic is missing or cannot be"
          + " used."
    },
    subcommands = {
      CreateTopicsCommand.class,
      GenerateCatalogueCommand.class,
      SettingsCommand.class
    })
final class ProducerCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ProducerCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "F",
      description = "Configuration file (default: conf/application.conf).")
  private Path config = Path.of("conf/application.conf");

  @Mixin private RunOptions options;

  static CommandLine commandLine() {
    ProducerCommand command = new ProducerCommand();
    CommandLine line = new CommandLine(command);
    // --config counts for the subcommand that follows it, too.
    line.getSubcommands()
        .values()
        .forEach(
            subcommand ->
                subcommand.setDefaultValueProvider(
                    argument -> isConfig(argument) ? command.config.toString() : null));
    // The last --config counts: scripts/run-producer.sh gives one of its own first.
    line.setOverwrittenOptionsAllowed(true);
    line.setParameterExceptionHandler(new ErrorMessages());
    line.setExecutionExceptionHandler(new ErrorMessages());
    return line;
  }

  private static boolean isConfig(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.longestName().equals("--config");
  }

  @Override
  public Integer call() {
    PlaylogConfig settings = PlaylogConfig.load(config);
    RunPlan plan;
    try {
      plan = RunPlan.of(options, settings.producer(), Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    Catalogue catalogue = Catalogue.read(settings.catalogue().path());
    LOG.info("Catalogue {}: {}", settings.catalogue().path(), catalogue.summary());
    return ProducerRun.start(settings, catalogue, plan, spec.commandLine().getOut());
  }
}
