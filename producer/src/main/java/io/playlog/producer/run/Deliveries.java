package io.playlog.producer.run;

import io.playlog.listen.Listen;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what became of the listens. Without a manifest there is one callback for all of them:
 * nothing to allocate.
 */
public final class Deliveries implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final AtomicLong produced = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
  private final Manifest manifest;

  public Deliveries() {
    this(null);
  }

  /**
   * @param manifest gets every listen with its outcome; null for none
   */
  Deliveries(Manifest manifest) {
    this.manifest = manifest;
  }

  /** To be called before a listen is sent: what Kafka's client shall call back. */
  Callback sending(Listen listen) {
    return manifest == null ? this : manifest.follow(listen, this);
  }

  /** One listen more was handed to Kafka's client, which calls back for it. */
  void produced() {
    produced.incrementAndGet();
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception error) {
    if (error == null) {
      acknowledged.incrementAndGet();
    } else {
      failed(error);
    }
  }

  /** The first of a kind is logged with its cause; there may be a million more. */
  private void failed(Exception error) {
    AtomicLong first = new AtomicLong(1);
    AtomicLong more = failures.putIfAbsent(error.getClass().getSimpleName(), first);
    if (more == null) {
      // Its stack trace is of the client's thread, which says nothing.
      LOG.error(
          "A listen was not acknowledged; more of this kind are only counted: {}",
          error.toString());
    } else {
      more.incrementAndGet();
    }
  }

  long producedSoFar() {
    return produced.get();
  }

  public long acknowledgedSoFar() {
    return acknowledged.get();
  }

  long failedSoFar() {
    return failures.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** By kind of error, such as {@code TimeoutException=3}. */
  Map<String, AtomicLong> failures() {
    return failures;
  }

  /** To be called at the end: a line for each kind of error. */
  public void logFailures() {
    failures.forEach((kind, number) -> LOG.error("{} listens failed with {}", number, kind));
  }

  /** Such as {@code produced 3, acknowledged 2, failed 1}. */
  String summary() {
    return "produced %d, acknowledged %d, failed %d"
        .formatted(producedSoFar(), acknowledgedSoFar(), failedSoFar());
  }
}
