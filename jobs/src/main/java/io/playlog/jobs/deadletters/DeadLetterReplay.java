package io.playlog.jobs.deadletters;

import io.playlog.cli.TimeRange;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectReason;
import io.playlog.listen.RejectedException;
import io.playlog.store.ForgottenListens;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Picks the dead letters of one source topic that have a reason and whose messages came in a time,
 * and sends each message to the source topic again, once.
 */
final class DeadLetterReplay {
  /**
   * Bounds memory. A message's duplicates are of a replay, near each other; one that is further
   * away is sent again, which does no harm.
   */
  private static final int MAX_SEEN = 500_000;

  private final String sourceTopic;
  private final RejectReason reason;
  private final TimeRange time;
  private final ForgottenListens forgotten;
  private final Producer<byte[], byte[]> producer;
  private final Set<String> seen =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MAX_SEEN;
            }
          });
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long withReason;
  private long picked;
  private long foreign;
  private long leftOut;

  /**
   * @param time of the source message's record timestamp; an end that is null is open
   * @param forgotten which are not sent: the stream would leave them out, and the topic would hold
   *     them for longer
   * @param producer null to count only
   */
  DeadLetterReplay(
      String sourceTopic,
      RejectReason reason,
      TimeRange time,
      ForgottenListens forgotten,
      Producer<byte[], byte[]> producer) {
    this.sourceTopic = sourceTopic;
    this.reason = reason;
    this.time = time;
    this.forgotten = forgotten;
    this.producer = producer;
  }

  void take(ConsumerRecord<byte[], byte[]> message) {
    Optional<DeadLetter> found = DeadLetter.read(message.headers());
    if (found.isEmpty()) {
      foreign++;
      return;
    }
    DeadLetter letter = found.get();
    if (!reason.code().equals(letter.reason()) || !sourceTopic.equals(letter.topic())) {
      return;
    }
    withReason++;
    if (!isInTime(letter.recordTimestamp()) || !seen.add(identity(message, letter))) {
      return;
    }
    if (isForgotten(message, letter)) {
      leftOut++;
    } else {
      picked++;
      if (producer != null) {
        producer.send(toSource(message, letter), (metadata, error) -> sent(error));
      }
    }
  }

  private boolean isInTime(long timestamp) {
    return (time.from() == null || timestamp >= time.from().toEpochMilli())
        && (time.to() == null || timestamp < time.to().toEpochMilli());
  }

  /** One that is no listen now either says of nobody that it is theirs. */
  private boolean isForgotten(ConsumerRecord<byte[], byte[]> message, DeadLetter letter) {
    if (forgotten == ForgottenListens.NONE) {
      return false;
    }
    try {
      Listen listen = ListenParser.parse(message.value(), System.currentTimeMillis());
      return forgotten.holds(listen, letter.originOf(message.headers()));
    } catch (RejectedException e) {
      return false;
    }
  }

  /**
   * The same for all dead letters of one message. A topic that was re-created counts its offsets
   * anew, so the origin alone would take two messages for one.
   */
  private static String identity(ConsumerRecord<byte[], byte[]> message, DeadLetter letter) {
    CRC32C sum = new CRC32C();
    if (message.value() != null) {
      sum.update(message.value());
    }
    return letter.origin() + " " + Long.toHexString(sum.getValue());
  }

  /** The message as it came to the source topic, and a header that names its origin. */
  static ProducerRecord<byte[], byte[]> toSource(
      ConsumerRecord<byte[], byte[]> message, DeadLetter letter) {
    ProducerRecord<byte[], byte[]> source =
        new ProducerRecord<>(letter.topic(), message.key(), message.value());
    letter.addToReplayed(source.headers(), message.headers());
    return source;
  }

  private void sent(Exception error) {
    if (error == null) {
      acknowledged.incrementAndGet();
    } else {
      failure.compareAndSet(null, error);
    }
  }

  /**
   * Returns when all are acknowledged.
   *
   * @throws PlaylogException if one is not
   */
  void await() {
    if (producer == null) {
      return;
    }
    producer.flush();
    if (acknowledged.get() != picked) {
      throw new PlaylogException(
          ErrorCode.REPLAY_NOT_ACKNOWLEDGED,
          "%d of %d dead letters were not acknowledged by the source topic, the first because of: %s. To replay all of them once more does no harm."
              .formatted(picked - acknowledged.get(), picked, failure.get()),
          failure.get());
    }
  }

  /** Dead letters that had the reason, whenever they came, duplicates counted each time. */
  long withReason() {
    return withReason;
  }

  long picked() {
    return picked;
  }

  /** Messages that would have been picked, but whose listener was forgotten since. */
  long leftOut() {
    return leftOut;
  }

  /** Messages that are no dead letters of Playlog, which were left alone. */
  long foreign() {
    return foreign;
  }
}
