package io.playlog.local.kafka;

import io.playlog.cli.MemberOption;
import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.config.LocalSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.SecurityFolder;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A broker of the bundled Kafka, on a loopback address, in the foreground until SIGTERM. */
@Command(
    name = "kafka-server",
    mixinStandardHelpOptions = true,
    subcommands = SettingsCommand.class,
    description =
        "Runs a Kafka broker on 127.0.0.MEMBER with its data in <local.dir>/kafka[-MEMBER].")
public final class KafkaServer extends Program implements Callable<Integer> {
  @Mixin private MemberOption which;

  public static void main(String[] args) {
    int status = commandLine(new KafkaServer()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    PlaylogConfig config = PlaylogConfig.load(configFile());
    LocalSettings settings = config.local();
    Optional<SecurityFolder> security = config.securityOfBundled();
    logInto(ServerProperties.dir(settings, which.member()).resolve("log"));
    Path properties = write(settings, security);
    if (!Files.exists(
        ServerProperties.dataDir(settings, which.member()).resolve("meta.properties"))) {
      int status = format(settings, properties, security);
      if (status != 0) {
        return status;
      }
      Files.deleteIfExists(users(settings));
      if (security.isPresent()) {
        Files.createFile(users(settings));
      }
    }
    if (security.isPresent() && Files.notExists(users(settings))) {
      throw new PlaylogException(
          ErrorCode.BAD_SETTINGS,
          "playlog.local.secure: found a Kafka without users in %s, expected none or a secured one: set playlog.local.dir to another folder, or let stop-all.sh --purge delete this one"
              .formatted(ServerProperties.dir(settings, which.member())));
    }
    Kafka.main(new String[] {properties.toString()});
    return 0;
  }

  /** Must come before the first class of Kafka, which makes a logger. */
  private static void logInto(Path dir) {
    System.setProperty("playlog.kafka.log-dir", dir.toString());
    System.setProperty("log4j2.configurationFile", "classpath:kafka-log4j2.properties");
  }

  /** Is there if the first users have been made, which is when the storage is. */
  private Path users(LocalSettings settings) {
    return ServerProperties.dir(settings, which.member()).resolve("has-users");
  }

  private Path write(LocalSettings settings, Optional<SecurityFolder> security) throws IOException {
    Path file =
        Files.createDirectories(ServerProperties.dir(settings, which.member()))
            .resolve("server.properties");
    Properties properties = ServerProperties.of(settings, which.member());
    security.ifPresent(folder -> ServerProperties.secured(properties, folder));
    StringWriter text = new StringWriter();
    properties.store(text, "Written at every start; changes here are lost.");
    SecurityFolder.write(file, text.toString());
    return file;
  }

  /**
   * The cluster's id lives in the data folder from then on. Members are of one cluster if they have
   * the same one, so it is made of what they have in common.
   */
  private static int format(
      LocalSettings settings, Path properties, Optional<SecurityFolder> security) {
    byte[] stack = settings.dir().toString().getBytes(StandardCharsets.UTF_8);
    UUID named = UUID.nameUUIDFromBytes(stack);
    // A leading minus would make an option of it.
    Uuid clusterId =
        new Uuid(named.getMostSignificantBits() & Long.MAX_VALUE, named.getLeastSignificantBits());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "format", "--cluster-id", clusterId.toString(), "--config", properties.toString()));
    security.map(ServerProperties::firstUsers).ifPresent(arguments::addAll);
    return StorageTool.execute(arguments.toArray(String[]::new), System.out);
  }
}
