package io.playlog.local.cassandra;

import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.config.LocalSettings;
import io.playlog.config.PlaylogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.cassandra.service.CassandraDaemon;
import picocli.CommandLine.Command;

/** The bundled Cassandra: one node on 127.0.0.1, in the foreground until SIGTERM. */
@Command(
    name = "cassandra-server",
    mixinStandardHelpOptions = true,
    subcommands = SettingsCommand.class,
    description = "Runs Cassandra on 127.0.0.1 with its data in <local.dir>/cassandra.")
public final class CassandraServer extends Program implements Callable<Integer> {
  /** Returns when the server is up; its threads keep the process alive. */
  public static void main(String[] args) {
    int status = commandLine(new CassandraServer()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    LocalSettings settings = PlaylogConfig.load(configFile()).local();
    Path dir = Files.createDirectories(CassandraYaml.dir(settings));
    FreeSpace freeSpace = new FreeSpace(dir);
    freeSpace.require();
    Path yaml = Files.writeString(dir.resolve("cassandra.yaml"), CassandraYaml.of(settings));

    UnwrittenSegments.delete(dir.resolve("commitlog"))
        .forEach(segment -> System.out.println("Deleted " + segment + ": it was never written"));

    System.setProperty("cassandra.config", yaml.toUri().toString());
    System.setProperty("cassandra.storagedir", dir.toString());
    // Otherwise Cassandra closes its standard output.
    System.setProperty("cassandra-foreground", "yes");
    // There are no other nodes to wait for at the start, nor to tell about the end.
    System.setProperty("cassandra.skip_wait_for_gossip_to_settle", "0");
    System.setProperty("cassandra.ring_delay_ms", "0");
    System.setProperty("cassandra.shutdown_announce_in_ms", "0");
    freeSpace.watch();
    CassandraDaemon.main(new String[0]);
    return 0;
  }
}
