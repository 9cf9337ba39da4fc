package io.playlog.local.kafka;

import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.config.LocalSettings;
import io.playlog.config.PlaylogConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Command;

/** The bundled Kafka: one node on 127.0.0.1, in the foreground until SIGTERM. */
@Command(
    name = "kafka-server",
    mixinStandardHelpOptions = true,
    subcommands = SettingsCommand.class,
    description = "Runs Kafka on 127.0.0.1 with its data in <local.dir>/kafka.")
public final class KafkaServer extends Program implements Callable<Integer> {
  public static void main(String[] args) {
    int status = commandLine(new KafkaServer()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    LocalSettings settings = PlaylogConfig.load(configFile()).local();
    logInto(ServerProperties.dir(settings).resolve("log"));
    Path properties = write(settings);
    if (!Files.exists(ServerProperties.dataDir(settings).resolve("meta.properties"))) {
      int status = format(properties);
      if (status != 0) {
        return status;
      }
    }
    Kafka.main(new String[] {properties.toString()});
    return 0;
  }

  /** Must come before the first class of Kafka, which makes a logger. */
  private static void logInto(Path dir) {
    System.setProperty("playlog.kafka.log-dir", dir.toString());
    System.setProperty("log4j2.configurationFile", "classpath:kafka-log4j2.properties");
  }

  private static Path write(LocalSettings settings) throws IOException {
    Path file =
        Files.createDirectories(ServerProperties.dir(settings)).resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      ServerProperties.of(settings).store(out, "Written at every start; changes here are lost.");
    }
    return file;
  }

  /** The cluster id lives in the data folder from then on. */
  private static int format(Path properties) {
    String clusterId = Uuid.randomUuid().toString();
    return StorageTool.execute(
        new String[] {"format", "--cluster-id", clusterId, "--config", properties.toString()},
        System.out);
  }
}
