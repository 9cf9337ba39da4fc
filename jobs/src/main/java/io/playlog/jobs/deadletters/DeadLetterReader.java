package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.kafka.TopicMessages;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.SkippedRanges;
import io.playlog.kafka.Topic;
import io.playlog.kafka.Topic.TimedOffset;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the dead-letter topic up to where it ends now. */
final class DeadLetterReader {
  /** Dead letters are stamped by the brokers' clocks, after their messages by others of them. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

  private DeadLetterReader() {}

  /**
   * @param from dead letters of messages with earlier record timestamps may be left out; null for
   *     all
   * @param skipped what of the topic cannot be read
   * @throws PlaylogException if the topic is missing, a message cannot be read, or the broker falls
   *     silent
   */
  static void forEach(
      KafkaSettings settings, Instant from, SkippedRanges skipped, TopicMessages.Action action) {
    Map<Integer, OffsetRange> ranges = new TreeMap<>();
    try (Topic topic = Topic.ofDeadLetters(settings)) {
      Offsets end = topic.endOffsets();
      Offsets first = topic.firstOffsets();
      Map<Integer, TimedOffset> since =
          from == null ? Map.of() : topic.firstSince(from.minus(MAX_CLOCK_SKEW));
      end.forEach(
          (partition, offset) -> {
            long none = from == null ? first.of(partition) : offset;
            long start = since.containsKey(partition) ? since.get(partition).offset() : none;
            ranges.put(partition, new OffsetRange(start, offset));
          });
    }
    AtomicLong read = new AtomicLong();
    TopicMessages.Action counted =
        message -> {
          action.take(message);
          read.incrementAndGet();
        };
    long all = ranges.values().stream().mapToLong(OffsetRange::size).sum();
    try (Progress progress = Progress.of(Work.of("read", "dead letters", read::get).outOf(all));
        TopicMessages messages = new TopicMessages(settings, settings.deadLetterTopic(), skipped)) {
      ranges.forEach((partition, range) -> messages.read(partition, range, counted));
    }
  }
}
