package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.spark.connector.cql.CassandraConnector;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.Rights;
import io.playlog.config.Role;
import io.playlog.config.SecurityFolder;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * On secured servers each role may do what deploy/security/rights says, and is refused all else.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsIT {
  private static final Hour HOUR = Hour.of(Instant.now()).previous().previous();

  private static SecuredServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static TriedRights rights;

  @BeforeAll
  static void start() throws Exception {
    servers = SecuredServers.start();
    configFile = servers.folder().resolve("rights.conf");
    Files.writeString(
        configFile,
        Files.readString(servers.configFile())
            + """
            playlog.catalogue.path = "%s"
            playlog.stream { metrics-port = %d, min-offsets-per-trigger = 1, trigger-interval = 0 s }
            """
                .formatted(
                    ServerProcesses.ROOT.resolve("data/spotify-songs.csv"),
                    ServerProcesses.freePort()));
    config = PlaylogConfig.load(configFile);
    rights = new TriedRights(config);
  }

  @AfterAll
  static void stop() {
    // The connector would keep a session for a while, which asks in vain for its servers.
    CassandraConnector.evictCache();
    servers.close();
  }

  /** Runs a packaged program, which must end well; returns what it printed. */
  private static String run(String program, String... arguments)
      throws IOException, InterruptedException {
    Path jar = ServerProcesses.ROOT.resolve(program + "/target/" + program + ".jar");
    List<String> command = new ArrayList<>(List.of("java", "-jar", jar.toString()));
    command.addAll(List.of("--config", configFile.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  /** All commands, each with its own login, from the schema to who is forgotten. */
  @Test
  @Order(1)
  void theRightsAreEnoughForEachJob() throws Exception {
    JobRun.output(configFile, "schema");
    run(
        "producer",
        "--count",
        "300",
        "--from",
        HOUR.start().toString(),
        "--to",
        HOUR.end().toString());
    try (StreamRun stream = StreamRun.start(config.as(Role.STREAM))) {
      stream.processAllAvailable();
    }
    assertThat(JobRun.output(configFile, "status")).contains("\"listens_stored\":300");
    JobRun.output(configFile, "hourly-summary", "--hour", HOUR.toString());
    JobRun.output(configFile, "audit", "--hour", HOUR.toString());
    JobRun.output(configFile, "audit", "--hour", HOUR.toString(), "--repair");
    JobRun.output(
        configFile, "rematch", "--from", HOUR.start().toString(), "--to", HOUR.end().toString());
    JobRun.output(configFile, "export", "--listener", "Ada Lovelace");
    JobRun.output(configFile, "replay-dead-letters", "--reason", "timestamp-in-the-future");
    JobRun.output(configFile, "forget", "--listener", "Ada Lovelace");
    assertThat(run("web", "token", "--listener", "Bob")).contains("The token of");
    assertThat(run("web", "status")).contains("listens_stored");
  }

  /** Each table read and written by each role. */
  @Test
  @Order(2)
  void cassandraRefusesWhatIsNotGranted() {
    for (Role role : Role.granted().toList()) {
      assertThat(rights.permissions(role))
          .as(role.id())
          .isEqualTo(rights.granted(role, TriedRights.ALL_PARTS));
    }
  }

  @Test
  @Order(2)
  void kafkaRefusesWhatIsNotGranted() throws Exception {
    for (Role role : Role.granted().toList()) {
      for (Rights.On on : List.of(Rights.On.TOPIC, Rights.On.DEAD_LETTERS)) {
        assertThat(rights.operations(role, on))
            .as(role.id() + " " + on)
            .isEqualTo(TriedRights.allowed(role, on));
      }
    }
  }

  @Test
  @Order(3)
  void noPasswordIsInALogAFileOfOthersOrACommandLine() throws Exception {
    Path folder = servers.folder();
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("security"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".password")).toList()) {
        secrets.add(Files.readString(file).strip());
      }
    }
    assertThat(secrets).hasSizeGreaterThan(14);
    Set<String> shown = new TreeSet<>();
    for (Path file : files(folder)) {
      boolean log = folder.relativize(file).toString().matches(".*(log|checkpoint).*");
      boolean open = Files.getPosixFilePermissions(file).stream().anyMatch(RightsIT::isOfOthers);
      if ((log || open) && contains(file, secrets)) {
        shown.add(file.toString());
      }
    }
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(RightsIT::isProcess).toList()) {
        if (contains(process.resolve("cmdline"), secrets)) {
          shown.add(process.toString());
        }
      }
    }
    assertThat(shown).isEmpty();
  }

  /** Of parts of the work that nobody does the rights are taken away again, and given back. */
  @Test
  @Order(4)
  void grantingAgainTakesUpWhatHasChanged() throws Exception {
    String before = config.securityFolder().orElseThrow().password("export");
    Path file = config.securityFolder().orElseThrow().file("export.password");
    SecurityFolder.write(file, before + "-new\n");
    run("web", "grant", "--without", "forget,repair");

    Set<String> without = Set.of("forget", "repair");
    assertThat(rights.permissions(Role.AUDIT)).isEqualTo(rights.granted(Role.AUDIT, without));
    assertThat(rights.permissions(Role.EXPORT)).isEqualTo(rights.granted(Role.EXPORT, without));
    assertThat(rights.operations(Role.AUDIT, Rights.On.DEAD_LETTERS))
        .containsExactly(AclOperation.READ, AclOperation.DESCRIBE);
  }

  private static boolean isOfOthers(PosixFilePermission permission) {
    return permission.name().startsWith("GROUP") || permission.name().startsWith("OTHERS");
  }

  private static boolean isProcess(Path path) {
    return path.getFileName().toString().matches("\\d+");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean contains(Path file, List<String> secrets) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return secrets.stream().anyMatch(text::contains);
    } catch (IOException e) {
      return false; // It ended, or was deleted, meanwhile.
    }
  }
}
