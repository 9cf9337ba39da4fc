package io.playlog.web;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.Role;
import io.playlog.config.SecurityFolder;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Users;
import io.playlog.schema.Roles;
import io.playlog.schema.Schema;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the roles of all programs on secured servers, with their passwords and rights. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a user of Kafka and a role of Cassandra for each program, with the rights of deploy/security/rights, and takes others from them.",
      "Their passwords are those of the files ROLE.password in playlog.security.folder, which are made if they are missing; also files for cqlsh and kcat. Creates the tables first.",
      "Log in as an administrator of your servers, in kafka.properties and cassandra.spark of a configuration of its own (docs/cluster.md). Doing so again changes nothing, but takes up changed passwords."
    })
final class GrantCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** The servers that are asked. */
  enum Server {
    KAFKA,
    CASSANDRA
  }

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--only",
      paramLabel = "kafka|cassandra",
      description = "Only on one of the servers (default: on both).")
  private Server only;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "PART",
      description =
          "Parts of the work that nobody does, and needs no rights for: forget, repair, sizes, submissions, topic.")
  private Set<String> without = Set.of();

  @Override
  public Integer call() {
    PlaylogConfig settings = PlaylogConfig.load(program.configFile());
    SecurityFolder folder =
        settings
            .securityFolder()
            .orElseThrow(
                () ->
                    new PlaylogException(
                        ErrorCode.BAD_SETTINGS,
                        "playlog.security.folder: found nothing, expected the folder of the passwords. Set it, or local.secure = true for the bundled servers."));
    Map<Role, String> passwords = new EnumMap<>(Role.class);
    Role.granted().forEach(role -> passwords.put(role, folder.passwordOrNew(role.id())));
    folder.passwordOrNew(SecurityFolder.BROWSER);
    if (settings.local().secure()) {
      folder.passwordOrNew(Role.ADMIN.id());
    }
    PlaylogConfig admin = program.readConfig();
    if (only != Server.CASSANDRA) {
      Users.make(admin.kafka(), admin.stream().consumerGroup(), passwords, without);
      say("Kafka: %d users".formatted(passwords.size()));
    }
    if (only != Server.KAFKA) {
      try (CassandraSession session = DirectConnection.open(admin.cassandra(), TIMEOUT)) {
        Schema.apply(session, admin.cassandra());
        Roles.make(session, passwords, without);
      }
      say("Cassandra: %d roles".formatted(passwords.size()));
    }
    writeClients(folder, passwords.get(Role.QUERY));
    return 0;
  }

  /** What query.sh and watch-topic.sh log in with. */
  private static void writeClients(SecurityFolder folder, String password) {
    String user = Role.QUERY.user();
    String authority = folder.file("ca.pem").toString();
    SecurityFolder.write(
        folder.file("cqlshrc"),
        "[connection]\nssl = true\n\n[ssl]\ncertfile = %s\n"
            .formatted(authority.replace("%", "%%")));
    SecurityFolder.write(
        folder.file("credentials"),
        "[plain_text_auth]\nusername = %s\npassword = %s\n".formatted(user, password));
    SecurityFolder.write(
        folder.file("kcat.conf"),
        """
        security.protocol=SASL_SSL
        sasl.mechanisms=SCRAM-SHA-512
        sasl.username=%s
        sasl.password=%s
        ssl.ca.location=%s
        """
            .formatted(user, password, authority));
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }
}
