package io.playlog.jobs.forget;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.deadletters.DeadLetter;
import io.playlog.jobs.store.Forgotten.Mark;
import io.playlog.jobs.store.ForgottenListens;
import io.playlog.jobs.store.Records.Written;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Listens that a mark covers by their time, but that were sent after it: whose rows must stay. They
 * are read from the topic, from the mark's offsets on: a row says nothing about its message, and
 * clocks may differ.
 */
final class NewListens implements AutoCloseable {
  private static final Duration POLL_TIMEOUT = Duration.ofMinutes(1);

  private final KafkaSettings settings;
  private final Topic topic;
  private final Mark mark;
  private final ForgottenListens forgotten;
  private final Offsets starts;
  private final Consumer<byte[], byte[]> consumer;
  private final Set<Key> keys = new HashSet<>();
  private final Set<Hour> hours = new TreeSet<>();

  NewListens(KafkaSettings settings, Topic topic, Mark mark) {
    this.settings = settings;
    this.topic = topic;
    this.mark = mark;
    String id = topic.id();
    this.forgotten = ForgottenListens.of(id, List.of(mark));
    // To a topic that was re-created since, all has been sent after the mark.
    Offsets before = id.equals(mark.topicId()) ? mark.before() : Offsets.NONE;
    this.starts = before.max(topic.firstOffsets());
    this.consumer = KafkaClients.consumer(settings);
  }

  /** A row's key within the listener. */
  private record Key(Instant time, String song) {}

  /**
   * Reads what was sent since it was read last.
   *
   * @param end not included; all whose rows may be there must lie before it
   */
  void readTo(Offsets end) {
    end.forEach(this::assign);
    while (isBefore(end)) {
      long before = position();
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL_TIMEOUT);
      // A poll may also pass what nobody is given, such as a transaction's marker.
      if (messages.isEmpty() && position() == before) {
        throw new PlaylogException(
            ErrorCode.KAFKA_UNREACHABLE,
            "Kafka at %s sent nothing of topic %s for %d s. Check that its brokers run, then run this again."
                .formatted(settings.bootstrapServers(), topic.name(), POLL_TIMEOUT.toSeconds()));
      }
      messages.forEach(this::add);
    }
  }

  /** Partitions may be added meanwhile. */
  private void assign(int number, long end) {
    TopicPartition partition = new TopicPartition(topic.name(), number);
    if (!consumer.assignment().contains(partition)) {
      List<TopicPartition> all = new ArrayList<>(consumer.assignment());
      all.add(partition);
      consumer.assign(all);
      consumer.seek(partition, starts.of(number));
    }
  }

  /** Over all partitions. */
  private long position() {
    return consumer.assignment().stream().mapToLong(consumer::position).sum();
  }

  private boolean isBefore(Offsets end) {
    return consumer.assignment().stream()
        .anyMatch(partition -> consumer.position(partition) < end.of(partition.partition()));
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
    consumer.close();
  }
}
