package io.playlog.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.cli.TimeRange;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ListenProducerTest {
  private static final List<String> LISTENERS = List.of("Ann", "Bob", "Ada Lovelace");
  private static final List<String> SONGS = List.of("Amber Tide", "Café de Sal", "遠い猫 🌙");

  private final ManualTime time = new ManualTime();
  private final StopSignal stop = new StopSignal();
  private final Deliveries deliveries = new Deliveries();

  @Test
  void everyListenIsAcknowledged() {
    MockProducer<byte[], byte[]> kafka = kafka(true);

    run(kafka, 7, 3, live());

    assertThat(deliveries.summary()).isEqualTo("produced 7, acknowledged 7, failed 0");
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void listenersTakeTurnsAndAreTheKeys() {
    MockProducer<byte[], byte[]> kafka = kafka(true);

    run(kafka, 7, 3, live());

    assertThat(listens(kafka))
        .extracting(Listen::name)
        .containsExactly("Ann", "Bob", "Ada Lovelace", "Ann", "Bob", "Ada Lovelace", "Ann");
    assertThat(kafka.history())
        .allSatisfy(
            message -> {
              assertThat(message.topic()).isEqualTo("listens");
              assertThat(new String(message.key(), StandardCharsets.UTF_8))
                  .isEqualTo(listen(message).name());
            });
  }

  @Test
  void instantsOfAListenerStrictlyIncreaseAtFullSpeed() {
    MockProducer<byte[], byte[]> kafka = kafka(true);

    run(kafka, 1000, 3, live());

    Map<String, List<Long>> instants =
        listens(kafka).stream()
            .collect(
                Collectors.groupingBy(
                    Listen::name, Collectors.mapping(Listen::eventTimestamp, Collectors.toList())));
    assertThat(instants).hasSize(3);
    assertThat(instants.values())
        .allSatisfy(
            of ->
                assertThat(of)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .endsWith(of.get(0) + of.size() - 1));
    assertThat(time.epochMillis()).isEqualTo(ManualTime.START + 333);
  }

  @Test
  void sameSeedSameListens() {
    Instants past =
        new Instants.Past(
            new TimeRange(
                Instant.ofEpochMilli(1_000_000_000_000L), Instant.ofEpochMilli(1_000_003_600_000L)),
            50);
    MockProducer<byte[], byte[]> one = kafka(true);
    MockProducer<byte[], byte[]> same = kafka(true);
    MockProducer<byte[], byte[]> other = kafka(true);

    run(one, 50, 3, past);
    run(same, 50, 3, past);
    run(other, 50, 4, past);

    assertThat(listens(same)).isEqualTo(listens(one));
    assertThat(listens(other)).isNotEqualTo(listens(one));
    assertThat(listens(one)).extracting(Listen::song).contains(SONGS.toArray(String[]::new));
  }

  @Test
  void countsFailures() {
    MockProducer<byte[], byte[]> kafka = kafka(false);
    Instants losingTheFirst =
        (index, listener) -> {
          if (index == 2) {
            kafka.errorNext(new TimeoutException("expired"));
          }
          return time.epochMillis();
        };

    run(kafka, 3, 3, losingTheFirst);

    assertThat(deliveries.summary()).isEqualTo("produced 3, acknowledged 2, failed 1");
    assertThat(deliveries.failures()).containsOnlyKeys("TimeoutException");
  }

  @Test
  void endsWhenTheClientGivesUp() {
    MockProducer<byte[], byte[]> kafka = kafka(true);
    kafka.sendException = new KafkaException("fatal");

    run(kafka, 100, 3, live());

    assertThat(deliveries.summary()).isEqualTo("produced 1, acknowledged 0, failed 1");
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void sendsNothingMoreOnceStopped() {
    MockProducer<byte[], byte[]> kafka = kafka(true);

    run(kafka, RunPlan.ENDLESS, 3, stoppingAt(4));

    assertThat(deliveries.summary()).isEqualTo("produced 4, acknowledged 4, failed 0");
    assertThat(kafka.closed()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aListenThatWasStoppedOnItsWayIsNotCounted() {
    MockProducer<byte[], byte[]> kafka = kafka(true);
    kafka.sendException = new InterruptException(new InterruptedException());

    run(kafka, 100, 3, live());

    assertThat(deliveries.summary()).isEqualTo("produced 0, acknowledged 0, failed 0");
    assertThat(kafka.closed()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private Instants.Live live() {
    return new Instants.Live(LISTENERS.size(), time, stop);
  }

  private Instants stoppingAt(long last) {
    return (index, listener) -> {
      if (index == last) {
        stop.request();
      }
      return time.epochMillis();
    };
  }

  private void run(MockProducer<byte[], byte[]> kafka, long count, long seed, Instants instants) {
    new ListenProducer(kafka, "listens", LISTENERS, SONGS, deliveries, stop)
        .run(count, new Random(seed), new Pacer(Rate.MAX, time, stop), instants);
  }

  private static MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
    return new MockProducer<>(
        acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<Listen> listens(MockProducer<byte[], byte[]> kafka) {
    List<Listen> listens = new ArrayList<>();
    kafka.history().forEach(message -> listens.add(listen(message)));
    return listens;
  }

  private static Listen listen(ProducerRecord<byte[], byte[]> message) {
    try {
      return ListenParser.parse(message.value(), ManualTime.START);
    } catch (RejectedException e) {
      throw new AssertionError(e);
    }
  }
}
