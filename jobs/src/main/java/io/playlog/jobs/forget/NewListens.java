package io.playlog.jobs.forget;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.deadletters.DeadLetter;
import io.playlog.jobs.kafka.TopicMessages;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.SkippedRanges;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.ForgottenListens;
import io.playlog.store.Records.Written;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Listens that a mark covers by their time, but that were sent after it: whose rows must stay,
 * unless another mark forgets them. They are read from the topic, from the mark's offsets on: a row
 * says nothing about its message, and clocks may differ.
 */
final class NewListens implements AutoCloseable {
  private final Topic topic;
  private final Mark mark;
  private final ForgottenListens forgotten;
  private final TopicMessages messages;
  private final Set<Key> keys = new HashSet<>();
  private final Set<Hour> hours = new TreeSet<>();
  private Offsets read;

  /**
   * @param skipped what of the topic cannot be read
   * @param marks all that there are
   */
  NewListens(
      KafkaSettings settings, Topic topic, SkippedRanges skipped, Mark mark, List<Mark> marks) {
    this.topic = topic;
    this.mark = mark;
    String id = topic.id();
    this.forgotten = ForgottenListens.of(id, marks);
    // To a topic that was re-created since, all has been sent after the mark.
    Offsets before = id.equals(mark.topicId()) ? mark.before() : Offsets.NONE;
    this.read = before.max(topic.firstOffsets());
    this.messages = new TopicMessages(settings, topic.name(), skipped);
  }

  /** A row's key within the listener. */
  private record Key(Instant time, String song) {}

  /**
   * Reads what was sent since it was read last.
   *
   * @param end not included; all whose rows may be there must lie before it
   */
  void readTo(Offsets end) {
    // Partitions may have been added meanwhile.
    end.forEach(
        (partition, offset) ->
            messages.read(partition, new OffsetRange(read.of(partition), offset), this::add));
    read = read.max(end);
  }

  private void add(ConsumerRecord<byte[], byte[]> message) {
    try {
      Listen listen = ListenParser.parse(message.value(), message.timestamp());
      if (mark.covers(listen)
          && !forgotten.holds(
              listen,
              DeadLetter.originOf(
                  message.headers(), topic.name(), message.partition(), message.offset()))) {
        keys.add(new Key(Instant.ofEpochMilli(listen.eventTimestamp()), listen.song()));
        hours.add(Hour.of(listen.eventTimestamp()));
      }
    } catch (RejectedException e) {
      // No listen, and no row.
    }
  }

  boolean contain(Written row) {
    return keys.contains(new Key(row.eventTime(), row.songName()));
  }

  Set<Hour> hours() {
    return hours;
  }

  @Override
  public void close() {
    messages.close();
  }
}
