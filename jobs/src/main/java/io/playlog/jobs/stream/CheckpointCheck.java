package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.kafka.SourceTopic;
import java.util.Map;
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

  /** Checks the checkpoint, and claims a new one for this topic and keyspace. */
  void run(Checkpoint checkpoint, BatchOffsets offsets) {
    Map<String, String> current =
        new TreeMap<>(
            Map.of(
                TOPIC, config.kafka().topic(),
                TOPIC_ID, topic.id(),
                KEYSPACE, config.cassandra().keyspace()));
    checkpoint.owner().ifPresent(owner -> requireSame(owner, current));
    offsets.endOfLastCommitted().ifPresent(this::requireNothingLost);
    checkpoint.claim(current);
  }

  private void requireSame(Map<String, String> owner, Map<String, String> current) {
    for (String setting : new String[] {TOPIC, KEYSPACE}) {
      if (!owner.get(setting).equals(current.get(setting))) {
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
    if (!owner.get(TOPIC_ID).equals(current.get(TOPIC_ID))) {
      long held = sum(topic.endOffsets()) - sum(topic.firstOffsets());
      throw refused(
          "The topic %s was deleted and made again since the checkpoint was written (its id was %s and is %s). What the old one held and the stream had not stored is gone; the new one holds %d messages, of which none is stored. %s"
              .formatted(
                  current.get(TOPIC), owner.get(TOPIC_ID), current.get(TOPIC_ID), held, cure));
    }
  }

  private void requireNothingLost(Map<Integer, Long> committed) {
    Map<Integer, Long> first = topic.firstOffsets();
    long lost = 0;
    for (Map.Entry<Integer, Long> partition : committed.entrySet()) {
      long firstHeld = first.getOrDefault(partition.getKey(), 0L);
      lost += Math.max(firstHeld - partition.getValue(), 0);
    }
    if (lost > 0) {
      throw refused(
          "%d messages have left the topic %s before the stream read them: it had read up to %s, and the topic begins at %s. They are lost; a longer retention (retention.ms of the topic) would have kept them. %s"
              .formatted(lost, config.kafka().topic(), new TreeMap<>(committed), first, cure));
    }
  }

  private static long sum(Map<Integer, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private static JobException refused(String message) {
    return new JobException(ExitCode.NOT_SET_UP, message);
  }
}
