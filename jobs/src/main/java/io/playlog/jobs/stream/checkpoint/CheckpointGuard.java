package io.playlog.jobs.stream.checkpoint;

import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Refuses a checkpoint from which the stream would go on as if nothing had happened. */
public final class CheckpointGuard {
  private static final String TOPIC = "topic";
  private static final String TOPIC_ID = "topic_id";
  private static final String KEYSPACE = "keyspace";

  private final PlaylogConfig config;
  private final Topic topic;
  private final String whatToDo;

  public CheckpointGuard(PlaylogConfig config, Topic topic) {
    this.config = config;
    this.topic = topic;
    this.whatToDo = Checkpoint.toGoOn(config.stream().checkpoint());
  }

  /**
   * Checks the checkpoint, and claims a new one for this topic and keyspace.
   *
   * @param stored before which the keyspace has all messages; empty if a read may be behind
   */
  public void check(SparkSession spark, String topicId, Optional<Offsets> stored) {
    Checkpoint checkpoint = new Checkpoint(spark, config.stream().checkpoint());
    Map<String, String> current =
        new TreeMap<>(
            Map.of(
                TOPIC, topic.name(), TOPIC_ID, topicId, KEYSPACE, config.cassandra().keyspace()));
    Optional<Map<String, String>> owner = checkpoint.owner(current.keySet());
    owner.ifPresent(found -> requireSame(found, current));
    checkpoint
        .endOfLastCommitted(topic.name())
        .ifPresent(
            committed -> {
              requireNothingLost(committed);
              requireWithinTopic(committed);
              stored.ifPresent(found -> requireStored(committed, found));
            });
    if (owner.isEmpty()) {
      checkpoint.claim(current);
    }
  }

  private void requireSame(Map<String, String> owner, Map<String, String> current) {
    for (String setting : new String[] {TOPIC, KEYSPACE}) {
      if (!current.get(setting).equals(owner.get(setting))) {
        throw new PlaylogException(
            ErrorCode.CHECKPOINT_OF_ANOTHER_STREAM,
            "The checkpoint %s belongs to the %s %s, and the configuration says %s. Give each its own playlog.stream.checkpoint, or set the %s back. %s"
                .formatted(
                    config.stream().checkpoint(),
                    setting,
                    owner.get(setting),
                    current.get(setting),
                    setting,
                    whatToDo));
      }
    }
    if (!current.get(TOPIC_ID).equals(owner.get(TOPIC_ID))) {
      long held = topic.endOffsets().aheadOf(topic.firstOffsets());
      throw new PlaylogException(
          ErrorCode.TOPIC_RECREATED,
          "The topic %s was re-created since the checkpoint was written (its id was %s and is %s). What the old one held and the stream had not stored is gone; the new one holds %d messages, of which none is stored. %s"
              .formatted(topic.name(), owner.get(TOPIC_ID), current.get(TOPIC_ID), held, whatToDo));
    }
  }

  private void requireNothingLost(Offsets committed) {
    Offsets first = topic.firstOffsets();
    long lost = first.aheadOf(committed);
    if (lost > 0) {
      throw new PlaylogException(
          ErrorCode.MESSAGES_EXPIRED,
          "%d messages have left the topic %s before the stream read them: it had read up to %s, and the topic begins at %s. They are lost; a longer retention (retention.ms of the topic) would have kept them. %s"
              .formatted(lost, topic.name(), committed, first, whatToDo));
    }
  }

  /** New messages would get offsets that count as read, and as stored before. */
  private void requireWithinTopic(Offsets committed) {
    Offsets end = topic.writtenOffsets();
    long gone = committed.aheadOf(end);
    if (gone > 0) {
      throw new PlaylogException(
          ErrorCode.TOPIC_TRUNCATED,
          "The topic %s has lost its newest %d messages, which are stored: the stream had read up to %s, and the topic ends at %s. A broker that lost its disk does so. Sum up by hand the hours of listens that came since (scripts/run-hourly-report.sh --hour): their offsets count as stored before, and make no hour due. %s"
              .formatted(topic.name(), gone, committed, end, whatToDo));
    }
    long open = committed.aheadOf(topic.endOffsets());
    if (open > 0) {
      throw new PlaylogException(
          ErrorCode.TRANSACTION_OPEN,
          "The stream has stored %d messages of the topic %s from the beginning of an open transaction on, which isolation.level=read_committed does not show before it ends. Wait until its producer commits or aborts it, or transaction.timeout.ms is over, or take isolation.level out of playlog.kafka.properties until then; nothing is lost."
              .formatted(open, topic.name()));
    }
  }

  /** The progress is written before the commit, so it is behind only if Cassandra lost writes. */
  private void requireStored(Offsets committed, Offsets stored) {
    long missing = committed.aheadOf(stored);
    if (missing > 0) {
      throw new PlaylogException(
          ErrorCode.KEYSPACE_BEHIND_CHECKPOINT,
          "The keyspace %s does not hold %d messages that the checkpoint %s calls stored: the checkpoint is at %s, stream_progress at %s. Cassandra has lost its newest writes (a power cut, a restored backup), or it is another one than before. %s"
              .formatted(
                  config.cassandra().keyspace(),
                  missing,
                  config.stream().checkpoint(),
                  committed,
                  stored,
                  whatToDo));
    }
  }
}
