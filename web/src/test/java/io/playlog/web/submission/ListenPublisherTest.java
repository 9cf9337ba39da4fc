package io.playlog.web.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenMessage;
import io.playlog.listen.RejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ListenPublisherTest {
  private static final Duration SOON = Duration.ofMillis(50);

  private final List<Kafka> made = new ArrayList<>();

  /** Acknowledges when it is told to, or fails as it is told to. */
  private static final class Kafka extends MockProducer<byte[], byte[]> {
    private RuntimeException failure;

    private Kafka(boolean acknowledges) {
      super(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** As Kafka's client does: what goes wrong is told by the future. */
    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
      Future<RecordMetadata> sent = super.send(message);
      return failure == null ? sent : CompletableFuture.failedFuture(failure);
    }
  }

  private ListenPublisher publisher(Duration timeout, boolean acknowledges) {
    return new ListenPublisher("listens", timeout, () -> newKafka(acknowledges));
  }

  private Kafka newKafka(boolean acknowledges) {
    made.add(new Kafka(acknowledges));
    return made.get(made.size() - 1);
  }

  private static List<ListenMessage> messages(int count) throws RejectedException {
    List<ListenMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(
          ListenMessage.of("Ada", "s" + i, 1_764_000_000_000L, Details.NONE, 1_764_000_000_000L));
    }
    return messages;
  }

  private static void unavailable(ListenPublisher publisher) throws RejectedException {
    List<ListenMessage> messages = messages(3);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> publisher.publish("Ada", messages))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(503))
        .satisfies(problem -> assertThat(problem.outcome()).isEqualTo(Outcome.UNAVAILABLE));
  }

  @Test
  void messagesHaveTheListenersNameAsTheirKey() throws Exception {
    try (ListenPublisher publisher = publisher(Duration.ofMinutes(1), true)) {
      publisher.publish("Zoë", messages(2));
      publisher.publish("Zoë", List.of());
      assertThat(made)
          .singleElement()
          .satisfies(kafka -> assertThat(kafka.history()).hasSize(2))
          .satisfies(
              kafka ->
                  assertThat(kafka.history())
                      .allSatisfy(sent -> assertThat(sent.topic()).isEqualTo("listens"))
                      .allSatisfy(
                          sent ->
                              assertThat(new String(sent.key(), StandardCharsets.UTF_8))
                                  .isEqualTo("Zoë")));
    }
  }

  @Test
  void nobodyAsksKafkaForNothing() throws Exception {
    try (ListenPublisher publisher = publisher(SOON, false)) {
      publisher.publish("Ada", List.of());
      assertThat(made).isEmpty();
    }
  }

  @Test
  void returnsWhenTheLastOneIsAcknowledged() throws Exception {
    try (ListenPublisher publisher = publisher(Duration.ofMinutes(1), false)) {
      List<ListenMessage> messages = messages(3);
      CompletableFuture<Void> published =
          CompletableFuture.runAsync(
              () -> {
                try {
                  publisher.publish("Ada", messages);
                } catch (Problem | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      await().until(() -> !made.isEmpty() && made.get(0).history().size() == 3);
      made.get(0).completeNext();
      made.get(0).completeNext();
      assertThat(published).isNotDone();
      made.get(0).completeNext();
      published.join();
    }
  }

  @Test
  void doesNotWaitForEver() throws Exception {
    try (ListenPublisher publisher = publisher(SOON, false)) {
      unavailable(publisher);
      // It may answer yet.
      assertThat(made).singleElement().satisfies(kafka -> assertThat(kafka.closed()).isFalse());
    }
  }

  @Test
  void whatFailsAtOnceEndsTheRequestAtOnce() throws Exception {
    try (ListenPublisher publisher = publisher(Duration.ofMinutes(1), true)) {
      publisher.publish("Ada", messages(1));
      made.get(0).failure = new TimeoutException("the topic is not known yet");
      unavailable(publisher);
      assertThat(made.get(0).history()).hasSize(2);
      made.get(0).failure = null;
      publisher.publish("Ada", messages(1));
      assertThat(made).hasSize(1);
    }
  }

  @Test
  void aProducerThatMayFailForGoodIsMadeAnew() throws Exception {
    try (ListenPublisher publisher = publisher(Duration.ofMinutes(1), true)) {
      publisher.publish("Ada", messages(1));
      made.get(0).failure = new ClusterAuthorizationException("no");
      unavailable(publisher);
      publisher.publish("Ada", messages(1));
      assertThat(made).hasSize(2);
      assertThat(made.get(0).closed()).isTrue();
    }
  }

  @Test
  void oneThatCannotBeMadeIsTriedAgain() throws Exception {
    List<Supplier<Producer<byte[], byte[]>>> attempts =
        new ArrayList<>(
            List.of(
                () -> {
                  throw new PlaylogException(ErrorCode.TOPIC_MISSING, "no topic");
                },
                () -> newKafka(true)));
    try (ListenPublisher publisher =
        new ListenPublisher("listens", Duration.ofMinutes(1), () -> attempts.remove(0).get())) {
      unavailable(publisher);
      publisher.publish("Ada", messages(1));
      assertThat(made).hasSize(1);
    }
  }

  /** Also while others wait for the same. */
  @Test
  void nobodyWaitsLongerForAProducerThanForKafka() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    try (ListenPublisher publisher =
        new ListenPublisher(
            "listens",
            SOON,
            () -> {
              try {
                answers.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return newKafka(true);
            })) {
      unavailable(publisher);
      unavailable(publisher);
      assertThat(made).isEmpty();
      answers.countDown();
    }
  }
}
