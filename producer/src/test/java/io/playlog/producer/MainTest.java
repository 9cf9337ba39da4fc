package io.playlog.producer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playlog.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesOptionsSubcommandsAndExitCodes() {
    assertThat(execute("--help")).isZero();

    assertThat(out.toString())
        .contains("--config", "--count", "--rate", "--from", "--to", "--seed", "--manifest")
        .contains("create-topics", "generate-catalogue", "import", "settings")
        .contains("Exit codes:", "8   Kafka, Cassandra or Spark does not answer");
  }

  @Test
  void configurationErrorIsOneLine() {
    assertThat(execute("--config", "missing.conf")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("PL-101: Cannot read the configuration missing.conf")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void configurationCountsForSubcommandsToo() {
    assertThat(execute("--config", "missing.conf", "create-topics")).isEqualTo(2);
    assertThat(execute("--config", "missing.conf", "settings")).isEqualTo(2);
    assertThat(execute("create-topics", "--config", "missing.conf")).isEqualTo(2);

    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("PL-101: Cannot read the configuration missing.conf"));
  }

  @Test
  void theLastConfigurationCounts() {
    assertThat(execute("--config", "missing.conf", "--config", "gone.conf")).isEqualTo(2);

    assertThat(err.toString()).startsWith("PL-101: Cannot read the configuration gone.conf");
  }

  @Test
  void printsSettings() {
    assertThat(execute("--config", "../conf/application.conf", "settings", "kafka.topic")).isZero();

    assertThat(out.toString()).isEqualTo("spotify" + System.lineSeparator());
  }

  @Test
  void unknownOptionIsAUsageError() {
    assertThat(execute("--fast")).isEqualTo(2);

    assertThat(err.toString()).startsWith("PL-100: Unknown option: '--fast'");
  }

  @Test
  void contradictingOptionsAreAUsageError() {
    assertThat(execute("--config", "../conf/application.conf", "--from", "2026-11-22T13:00:00Z"))
        .isEqualTo(2);

    assertThat(err.toString()).startsWith("PL-100: --from and --to go together");
  }

  @Test
  void saysItsVersionEverywhere() {
    Set<String> commands = Main.commandLine().getSubcommands().keySet();

    assertThat(execute("--version")).isZero();
    assertThat(commands).allSatisfy(name -> assertThat(execute(name, "--version")).isZero());
    assertThat(out.toString().lines())
        .hasSize(1 + commands.size())
        .allMatch(line -> line.matches("Playlog (\\(not packaged\\)|[0-9].*)"));
  }

  @Test
  void withoutABrokerItSaysWhatToDo() {
    assertThat(execute("--config", "src/test/resources/no-broker.conf", "create-topics"))
        .isEqualTo(ExitCode.UNREACHABLE.code());
    assertThat(err.toString())
        .startsWith("PL-201: No Kafka broker answers at 127.0.0.1:1: start it")
        .hasLineCount(1);
  }

  @Test
  void aRunWithoutABrokerSaysTheSame() {
    assertThat(execute("--config", "src/test/resources/no-broker.conf", "--count", "1"))
        .isEqualTo(ExitCode.UNREACHABLE.code());
    assertThat(err.toString()).startsWith("PL-201: No Kafka broker answers at 127.0.0.1:1: ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsLeftOutOfTheCatalogueIsLogged(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("songs.csv"),
        """
        name,artists,duration_ms,album_name,album_release_date,danceability,energy,key,loudness,mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo
        One,A,200000,Album,1973,0.5,0.6,5,-7.1,1,0.05,0.2,0,0.11,0.4,120.0
        Two,A,200000,Album,2024-01-12,,,,,,,,,,,
        """);
    Path config =
        Files.writeString(
            folder.resolve("application.conf"),
            "playlog { kafka.bootstrap-servers = \"127.0.0.1:1\", catalogue.path = songs.csv }");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(Main.class);
    logger.addAppender(log);
    try {
      execute("--config", config.toString(), "--count", "1");
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .containsExactly(
            "INFO Catalogue %s: 1 songs; rows left out: 1 that cannot be used, 0 repeated; songs without a release date: 1"
                .formatted(folder.resolve("songs.csv")),
            "WARN Rows left out that cannot be used: line 3, column danceability: found \"\", expected a number, such as 0.75",
            "WARN Songs left without a release date: line 2, column album_release_date: found \"1973\", expected a day, such as 2024-01-12");
  }

  @Test
  void deadLettersHaveRoomForEveryMessage() {
    assertThat(CreateTopicsCommand.roomFor(1_000_000)).isEqualTo("2000000");
    assertThat(CreateTopicsCommand.roomFor(Integer.MAX_VALUE)).isEqualTo("2147483647");
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
