package io.playlog.web.submission;

import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Topic;
import io.playlog.listen.ListenMessage;
import io.playlog.threads.DaemonThreads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends listens to Kafka, and waits a bounded time until it has all of them. There is one producer,
 * made when there is a first listen.
 */
final class ListenPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenPublisher.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final String NOT_ACKNOWLEDGED =
      "Kafka has not acknowledged all of it. Some may be stored; send all of it again, which stores nothing twice.";

  private final String topic;
  private final Duration timeout;
  private final Supplier<Producer<byte[], byte[]>> clients;

  /** Whoever comes while it is opened waits for the same one. */
  private final ExecutorService opener =
      Executors.newSingleThreadExecutor(new DaemonThreads("submission-kafka"));

  private CompletableFuture<Producer<byte[], byte[]>> producer;

  /** What was logged last, so that it is logged once however many listens come meanwhile. */
  private String problem;

  /**
   * @param clients makes Kafka's client
   * @param timeout after which a listen that is not acknowledged has failed
   */
  ListenPublisher(String topic, Duration timeout, Supplier<Producer<byte[], byte[]>> clients) {
    this.topic = topic;
    this.timeout = timeout;
    this.clients = clients;
  }

  static ListenPublisher of(PlaylogConfig config) {
    KafkaSettings kafka = config.kafka();
    Duration timeout = config.web().submission().acknowledgementTimeout();
    return new ListenPublisher(
        kafka.topic(), timeout, () -> open(kafka, config.producer().compression(), timeout));
  }

  private static Producer<byte[], byte[]> open(
      KafkaSettings kafka, String compression, Duration timeout) {
    try (Topic topic = Topic.ofListens(kafka, timeout.dividedBy(2))) {
      topic.check();
    }
    return KafkaClients.producerWithin(kafka, compression, timeout);
  }

  /**
   * Returns when Kafka has acknowledged all.
   *
   * @throws Problem if it has not done so in time; it may have some of them, or get them yet
   */
  void publish(String listener, List<ListenMessage> messages) throws Problem, InterruptedException {
    if (messages.isEmpty()) {
      return;
    }
    long end = System.nanoTime() + timeout.toNanos();
    byte[] key = listener.getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Producer<byte[], byte[]>> opened = opened();
    try {
      Producer<byte[], byte[]> kafka = opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      List<Future<?>> acknowledgements = new ArrayList<>(messages.size());
      for (ListenMessage message : messages) {
        Future<?> acknowledgement = kafka.send(new ProducerRecord<>(topic, key, message.json()));
        if (acknowledgement.isDone() || System.nanoTime() - end > 0) {
          // One that has failed already tells how the others would end.
          acknowledgement.get(0, TimeUnit.NANOSECONDS);
        }
        acknowledgements.add(acknowledgement);
      }
      for (Future<?> acknowledgement : acknowledgements) {
        acknowledgement.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      log(null);
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (ExecutionException e) {
      throw failed(opened, e.getCause());
    } catch (TimeoutException | KafkaException | IllegalStateException e) {
      // The last one if it was closed meanwhile.
      throw failed(opened, e);
    }
  }

  private synchronized CompletableFuture<Producer<byte[], byte[]>> opened() {
    if (producer == null || producer.isCompletedExceptionally()) {
      producer = CompletableFuture.supplyAsync(clients, opener);
    }
    return producer;
  }

  private Problem failed(CompletableFuture<Producer<byte[], byte[]>> opened, Throwable failure) {
    log(
        PlaylogException.in(failure)
            .map(known -> known.code().id() + ": " + known.getMessage())
            .orElse(
                failure instanceof TimeoutException
                    ? "Kafka did not answer within %d s".formatted(timeout.toSeconds())
                    : failure.toString()));
    if (failure instanceof KafkaException && !(failure instanceof RetriableException)) {
      // Such a producer may fail for good.
      forget(opened);
    }
    return Problem.unavailable(NOT_ACKNOWLEDGED, timeout.toSeconds());
  }

  private synchronized void forget(CompletableFuture<Producer<byte[], byte[]>> failed) {
    if (producer == failed) {
      producer = null;
      failed.thenAcceptAsync(kafka -> kafka.close(CLOSE), opener);
    }
  }

  private synchronized void log(String found) {
    if (found == null && problem != null) {
      LOG.info("Kafka takes submitted listens again");
    } else if (found != null && !found.equals(problem)) {
      LOG.warn("Submitted listens were not acknowledged: {}", found);
    }
    problem = found;
  }

  @Override
  public synchronized void close() {
    opener.shutdown();
    if (producer != null && producer.isDone() && !producer.isCompletedExceptionally()) {
      producer.join().close(CLOSE);
    }
  }
}
