package io.playlog.local.cassandra;

import io.playlog.cli.MemberOption;
import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.config.LocalSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.Role;
import io.playlog.config.SecurityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.cassandra.service.CassandraDaemon;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A node of the bundled Cassandra, on a loopback address, in the foreground until SIGTERM. */
@Command(
    name = "cassandra-server",
    mixinStandardHelpOptions = true,
    subcommands = SettingsCommand.class,
    description =
        "Runs a Cassandra node on 127.0.0.MEMBER with its data in <local.dir>/cassandra[-MEMBER].")
public final class CassandraServer extends Program implements Callable<Integer> {
  @Mixin private MemberOption which;

  /** Returns when the server is up; its threads keep the process alive. */
  public static void main(String[] args) {
    int status = commandLine(new CassandraServer()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    PlaylogConfig config = PlaylogConfig.load(configFile());
    LocalSettings settings = config.local();
    Optional<SecurityFolder> security = config.securityOfBundled();
    security.ifPresent(folder -> AdminRole.use(folder.passwordOrNew(Role.ADMIN.id())));
    Path dir = Files.createDirectories(CassandraYaml.dir(settings, which.member()));
    FreeSpace freeSpace = new FreeSpace(dir);
    freeSpace.require();
    Path yaml = dir.resolve("cassandra.yaml");
    SecurityFolder.write(yaml, CassandraYaml.of(settings, which.member(), security));

    UnwrittenSegments.delete(dir.resolve("commitlog"))
        .forEach(segment -> System.out.println("Deleted " + segment + ": it was never written"));
    int found = UnmarkedWrites.mark(dir.resolve("commitlog"));
    if (found > 0) {
      System.out.println("Found " + found + " writes in the commit log that were not marked yet");
    }

    System.setProperty("cassandra.config", yaml.toUri().toString());
    System.setProperty("cassandra.storagedir", dir.toString());
    // Otherwise Cassandra closes its standard output.
    System.setProperty("cassandra-foreground", "yes");
    boolean alone = settings.nodes() == 1;
    // Other nodes are waited for at the start, and told about the end. The first one starts alone:
    // it waits for the others as long as the second one says.
    System.setProperty("cassandra.skip_wait_for_gossip_to_settle", alone ? "0" : "-1");
    System.setProperty("cassandra.ring_delay_ms", alone ? "0" : "5000");
    System.setProperty("cassandra.shutdown_announce_in_ms", alone ? "0" : "2000");
    // Of the tables of logins: whichever node is left lets clients in. The first login need not
    // wait.
    System.setProperty("cassandra.system_auth.default_rf", Integer.toString(settings.nodes()));
    System.setProperty("cassandra.superuser_setup_delay_ms", alone ? "0" : "10000");
    freeSpace.watch();
    CassandraDaemon.main(new String[0]);
    return 0;
  }
}
