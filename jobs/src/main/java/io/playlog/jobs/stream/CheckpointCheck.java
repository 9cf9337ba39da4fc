package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.kafka.SourceTopic;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Refuses a checkpoint from which the stream would go on as if nothing had happened. */
final class CheckpointCheck {
  private static final String TOPIC = "topic";
  private static final String TOPIC_ID = "topic_id";
  private static final String KEYSPACE = "keyspace";

  private final PlaylogConfig config;
  private final SourceTopic topic;
  private final String cure;

  CheckpointCheck(PlaylogConfig config, SourceTopic topic) {
    this.config = config;
    this.topic = topic;
    this.cure =
        "To go on, delete the checkpoint %s and start the stream: it reads from the beginning what the topic holds, and stores nothing twice."
            .formatted(config.stream().checkpoint());
  }

  /**
   * Checks the checkpoint, and claims a new one for this topic and keyspace.
   *
   * @param stored per partition, the offset before which the keyspace has all messages
   */
  void run(Checkpoint checkpoint, BatchOffsets offsets, Map<Integer, Long> stored) {
    Map<String, String> current =
        new TreeMap<>(
            Map.of(
                TOPIC, config.kafka().topic(),
                TOPIC_ID, topic.id(),
                KEYSPACE, config.cassandra().keyspace()));
    Optional<Map<String, String>> owner = checkpoint.owner();
    owner.ifPresent(found -> requireSame(found, current));
    offsets
        .endOfLastCommitted()
        .ifPresent(
            committed -> {
              requireNothingLost(committed);
              requireWithinTopic(committed);
              requireStored(committed, stored);
            });
    if (owner.isEmpty()) {
      checkpoint.claim(current);
    }
  }

  private void requireSame(Map<String, String> owner, Map<String, String> current) {
    for (String setting : new String[] {TOPIC, KEYSPACE}) {
      if (!current.get(setting).equals(owner.get(setting))) {
        throw refused(
            "The checkpoint %s belongs to the %s %s, and the configuration says %s. Give each its own playlog.stream.checkpoint, or set the %s back. %s"
                .formatted(
                    config.stream().checkpoint(),
                    setting,
                    owner.get(setting),
                    current.get(setting),
                    setting,
                    cure));
      }
    }
    if (!current.get(TOPIC_ID).equals(owner.get(TOPIC_ID))) {
      long held = sum(topic.endOffsets()) - sum(topic.firstOffsets());
      throw refused(
          "The topic %s was deleted and made again since the checkpoint was written (its id was %s and is %s). What the old one held and the stream had not stored is gone; the new one holds %d messages, of which none is stored. %s"
              .formatted(
                  current.get(TOPIC), owner.get(TOPIC_ID), current.get(TOPIC_ID), held, cure));
    }
  }

  private void requireNothingLost(Map<Integer, Long> committed) {
    Map<Integer, Long> first = topic.firstOffsets();
    long lost = excess(first, committed);
    if (lost > 0) {
      throw refused(
          "%d messages have left the topic %s before the stream read them: it had read up to %s, and the topic begins at %s. They are lost; a longer retention (retention.ms of the topic) would have kept them. %s"
              .formatted(lost, config.kafka().topic(), new TreeMap<>(committed), first, cure));
    }
  }

  /** New messages would get offsets that count as read, and as stored before. */
  private void requireWithinTopic(Map<Integer, Long> committed) {
    Map<Integer, Long> end = topic.endOffsets();
    long gone = excess(committed, end);
    if (gone > 0) {
      throw refused(
          "The topic %s has lost its newest %d messages, which are stored: the stream had read up to %s, and the topic ends at %s. A broker that lost its disk does so. Sum up by hand the hours of listens that came since (scripts/run-hourly-report.sh --hour): their offsets count as stored before, and make no hour due. %s"
              .formatted(config.kafka().topic(), gone, new TreeMap<>(committed), end, cure));
    }
  }

  /** The progress is written before the commit, so it is behind only if Cassandra went back. */
  private void requireStored(Map<Integer, Long> committed, Map<Integer, Long> stored) {
    long missing = excess(committed, stored);
    if (missing > 0) {
      throw refused(
          "The keyspace %s does not hold %d messages that the checkpoint %s calls stored: the checkpoint is at %s, stream_progress at %s. Cassandra has lost its newest writes (a power cut, a restored backup), or it is another one than before. %s"
              .formatted(
                  config.cassandra().keyspace(),
                  missing,
                  config.stream().checkpoint(),
                  new TreeMap<>(committed),
                  new TreeMap<>(stored),
                  cure));
    }
  }

  /** How far the first offsets are beyond the others, over all partitions. */
  private static long excess(Map<Integer, Long> offsets, Map<Integer, Long> others) {
    return offsets.entrySet().stream()
        .mapToLong(
            offset -> Math.max(offset.getValue() - others.getOrDefault(offset.getKey(), 0L), 0))
        .sum();
  }

  private static long sum(Map<Integer, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private static JobException refused(String message) {
    return new JobException(ExitCode.NOT_SET_UP, message);
  }
}
