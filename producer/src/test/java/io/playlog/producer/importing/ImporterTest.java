package io.playlog.producer.importing;

import static io.playlog.producer.importing.SpotifyTest.array;
import static io.playlog.producer.importing.SpotifyTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.playlog.producer.run.Deliveries;
import io.playlog.producer.run.ListenSender;
import io.playlog.producer.run.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account of an import that ends well, early, or without Kafka. */
class ImporterTest {
  private static final byte[] KEY = "Ada".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StopSignal stop = new StopSignal();
  private final Deliveries deliveries = new Deliveries();

  @BeforeEach
  void write() throws IOException {
    String[] rows = new String[10];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("master_metadata_track_name", "\"Song %d\"".formatted(i));
    }
    Files.writeString(folder.resolve("a.json"), array(rows));
  }

  private Importer run(MockProducer<byte[], byte[]> kafka, BooleanSupplier isStopped) {
    ListenSender sender = new ListenSender(kafka, "listens", deliveries, stop);
    Importer importer =
        new Importer(
            new ImportPlan(List.of(folder), "Ada", Duration.ofSeconds(30), false, false),
            Imports.NOW.toEpochMilli(),
            new TextReport(new PrintWriter(out), "30 s", false),
            message -> sender.send(KEY, message),
            isStopped);
    sender.during(importer::read);
    importer.end(deliveries.acknowledgedSoFar());
    return importer;
  }

  private MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
    return new MockProducer<>(
        acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Test
  void allIsAcknowledgedAndKeyedByTheListener() {
    MockProducer<byte[], byte[]> kafka = kafka(true);

    assertThat(run(kafka, () -> false).isComplete()).isTrue();

    assertThat(out.toString().lines()).last().isEqualTo("in 10 = sent 10");
    assertThat(kafka.history())
        .hasSize(10)
        .allSatisfy(message -> assertThat(message.key()).isEqualTo(KEY));
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void stoppedItAccountsForWhatItHasRead() {
    AtomicInteger asked = new AtomicInteger();

    assertThat(run(kafka(true), () -> asked.incrementAndGet() > 4).isComplete()).isFalse();

    assertThat(out.toString().lines())
        .containsExactly(
            "ended early: import again, which does no harm",
            "files 0, not recognised 0",
            "in 4 = sent 4");
  }

  @Test
  void whatKafkaDoesNotTakeIsNotSent() {
    MockProducer<byte[], byte[]> kafka = kafka(true);
    kafka.sendException = new TimeoutException("No room");

    assertThat(run(kafka, () -> false).isComplete()).isFalse();

    assertThat(out.toString().lines())
        .startsWith("ended early: import again, which does no harm")
        .last()
        .isEqualTo("in 1 = sent 0 + not sent 1");
  }

  @Test
  void anAccountThatDoesNotAddUpIsAnError() {
    Account account = new Account();
    account.found();

    assertThatIllegalStateException()
        .isThrownBy(account::check)
        .withMessage("The account does not add up: in 1, but {}");
    account.add(Kind.SENT);
    account.settle(1);
    account.check();
    account.add(Kind.PRIVATE);
    assertThatIllegalStateException().isThrownBy(account::check);
  }
}
