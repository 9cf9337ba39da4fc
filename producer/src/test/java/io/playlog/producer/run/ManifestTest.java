package io.playlog.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.error.PlaylogException;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  private static final List<String> LISTENERS = List.of("Ann", "Bob \"B\"", "Zoë\tÅ");
  private static final List<String> SONGS =
      List.of("Tab\there\nand a line", "C:\\ \u0085\u2028", "🌙");

  @TempDir private Path folder;

  private final ManualTime time = new ManualTime();
  private final StopSignal stop = new StopSignal();
  private Path file;
  private MockProducer<byte[], byte[]> kafka;

  @BeforeEach
  void open() {
    file = folder.resolve("manifest.tsv");
    kafka = kafka(true);
  }

  private static MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
    return new MockProducer<>(
        acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns the counts of the run. */
  private String run(long count, Instants instants) {
    try (Manifest manifest = Manifest.create(file)) {
      Deliveries deliveries = new Deliveries(manifest);
      new ListenProducer(kafka, "listens", LISTENERS, SONGS, deliveries, stop)
          .run(count, new Random(5), new Pacer(Rate.MAX, time, stop), instants);
      return deliveries.summary();
    }
  }

  private Instants.Live live() {
    return new Instants.Live(LISTENERS.size(), time, stop);
  }

  private List<Listen> lines(String event) throws IOException {
    return ManifestLines.read(file).get(event);
  }

  private Listen[] inTopic() {
    return kafka.history().stream()
        .map(
            message -> {
              try {
                return ListenParser.parse(message.value(), ManualTime.START);
              } catch (RejectedException e) {
                throw new AssertionError(e);
              }
            })
        .toArray(Listen[]::new);
  }

  @Test
  void aLineIsEventTimestampNameAndSong() throws IOException {
    try (Manifest manifest = Manifest.create(file)) {
      manifest
          .follow(new Listen("Ada", "a \"b\"\t\n遠い", 1708898400123L), new Deliveries())
          .onCompletion(null, null);
    }

    String rest = "\t1708898400123\t\"Ada\"\t\"a \\\"b\\\"\\t\\n遠い\"\n";
    assertThat(file).hasContent("sent" + rest + "acknowledged" + rest);
  }

  @Test
  void whatWasSentWasAcknowledged() throws IOException {
    assertThat(run(50, live())).isEqualTo("produced 50, acknowledged 50, failed 0");

    assertThat(lines("sent")).hasSize(50).doesNotHaveDuplicates().containsExactly(inTopic());
    assertThat(lines("acknowledged")).containsExactly(inTopic());
    assertThat(lines("failed")).isEmpty();
  }

  @Test
  void whatFailedWasSentAndNotAcknowledged() throws IOException {
    kafka = kafka(false);
    Instants losingTheFirst =
        (index, listener) -> {
          if (index == 2) {
            kafka.errorNext(new TimeoutException("expired"));
          }
          return time.epochMillis() + index;
        };

    run(3, losingTheFirst);

    assertThat(lines("sent")).containsExactly(inTopic());
    assertThat(lines("failed")).containsExactly(inTopic()[0]);
    assertThat(lines("acknowledged")).containsExactly(inTopic()[1], inTopic()[2]);
  }

  @Test
  void whatTheClientRefusedHasFailed() throws IOException {
    kafka.sendException = new KafkaException("fatal");

    run(100, live());

    assertThat(lines("sent")).hasSize(1).isEqualTo(lines("failed"));
    assertThat(lines("acknowledged")).isEmpty();
  }

  @Test
  void isWholeAfterAStop() throws IOException {
    run(
        RunPlan.ENDLESS,
        (index, listener) -> {
          if (index == 4) {
            stop.request();
          }
          return time.epochMillis() + index;
        });

    assertThat(lines("sent")).hasSize(4).containsExactly(inTopic());
    assertThat(lines("acknowledged")).containsExactly(inTopic());
  }

  @Test
  void aListenThatWasStoppedOnItsWayIsSentOnly() throws IOException {
    kafka.sendException = new InterruptException(new InterruptedException());

    run(100, live());

    assertThat(lines("sent")).hasSize(1);
    assertThat(lines("acknowledged")).isEmpty();
    assertThat(lines("failed")).isEmpty();
  }

  @Test
  void isNeverWrittenOver() throws IOException {
    Files.writeString(file, "of yesterday");

    assertThatThrownBy(() -> Manifest.create(file))
        .isInstanceOf(PlaylogException.class)
        .hasMessage("--manifest: found %s, expected a file that does not exist yet", file);
    assertThat(file).hasContent("of yesterday");
  }

  @Test
  void saysWhyItCannotBeMade() {
    Path missing = folder.resolve("missing/manifest.tsv");

    assertThatThrownBy(() -> Manifest.create(missing))
        .isInstanceOf(PlaylogException.class)
        .hasMessageStartingWith("--manifest: cannot create %s: ", missing)
        .hasMessageContaining("NoSuchFileException");
  }
}
