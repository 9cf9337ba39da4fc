package io.playlog.jobs.deadletters;

import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Origin;
import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.RecordBatch;

/**
 * What a dead letter's headers say: why it is one, and where its message stood in the source topic.
 * Values are UTF-8 text; they are written in the order of the components.
 *
 * @param reason code of a {@link RejectReason}, or {@link #UNREADABLE}
 * @param topic the source topic
 * @param recordTimestamp of the message in the source topic, milliseconds since the epoch
 * @param origin where the message stood first, as {@code topic/partition/offset}, however often it
 *     was replayed
 */
public record DeadLetter(
    String reason, String topic, int partition, long offset, long recordTimestamp, String origin) {
  /** Headers whose names begin so are ours: a replay takes them off. */
  static final String PREFIX = "playlog.";

  private static final String REASON = PREFIX + "reason";
  private static final String TOPIC = PREFIX + "topic";
  private static final String PARTITION = PREFIX + "partition";
  private static final String OFFSET = PREFIX + "offset";
  private static final String TIMESTAMP = PREFIX + "timestamp";

  /** On a dead letter about several messages, of which {@link #OFFSET} is the first. */
  private static final String LAST_OFFSET = PREFIX + "last-offset";

  /** Of messages that cannot be read, so that no verdict can be given on them. */
  static final String UNREADABLE = "unreadable";

  /** On a replayed message, and on its dead letter if it becomes one again. */
  private static final String REPLAYED_FROM = PREFIX + "replayed-from";

  static DeadLetter of(Message message, String topic, RejectReason reason) {
    String replayedFrom = last(message.headers(), REPLAYED_FROM);
    return new DeadLetter(
        reason.code(),
        topic,
        message.partition(),
        message.offset(),
        message.timestamp(),
        replayedFrom == null ? origin(topic, message.partition(), message.offset()) : replayedFrom);
  }

  /** Adds the headers of one about messages that cannot be read; their time is not known. */
  static void addUnreadable(Headers headers, String topic, int partition, OffsetRange range) {
    long first = range.start();
    String origin = origin(topic, partition, first);
    new DeadLetter(UNREADABLE, topic, partition, first, RecordBatch.NO_TIMESTAMP, origin)
        .addTo(headers);
    add(headers, LAST_OFFSET, String.valueOf(range.end() - 1));
  }

  /**
   * Reads the headers of a message of the dead-letter topic; empty if it is no dead letter of ours,
   * or one that somebody has changed.
   */
  public static Optional<DeadLetter> read(Iterable<Header> headers) {
    String reason = last(headers, REASON);
    String topic = last(headers, TOPIC);
    String replayedFrom = last(headers, REPLAYED_FROM);
    try {
      int partition = Integer.parseInt(last(headers, PARTITION));
      long offset = Long.parseLong(last(headers, OFFSET));
      long timestamp = Long.parseLong(last(headers, TIMESTAMP));
      return reason == null || topic == null
          ? Optional.empty()
          : Optional.of(
              new DeadLetter(
                  reason,
                  topic,
                  partition,
                  offset,
                  timestamp,
                  replayedFrom == null ? origin(topic, partition, offset) : replayedFrom));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Where a message of the source topic stood first.
   *
   * @param topic the source topic
   */
  public static Origin originOf(
      Iterable<Header> headers, String topic, int partition, long offset) {
    String replayedFrom = last(headers, REPLAYED_FROM);
    // A topic's name has no slash.
    String[] first = replayedFrom == null ? new String[0] : replayedFrom.split("/", -1);
    if (first.length == 3 && first[0].equals(topic)) {
      try {
        return new Origin(Integer.parseInt(first[1]), Long.parseLong(first[2]), true);
      } catch (NumberFormatException e) {
        // Not ours: it counts where it stands.
      }
    }
    return new Origin(partition, offset, false);
  }

  /**
   * @param topic that the message is of
   */
  public static Origin originOf(Message message, String topic) {
    return originOf(message.headers(), topic, message.partition(), message.offset());
  }

  /** The same of the message that becomes of this dead letter when it is replayed. */
  Origin originOf(Iterable<Header> headers) {
    Origin first = originOf(headers, topic, partition, offset);
    return new Origin(first.partition(), first.offset(), true);
  }

  /** Adds all but the origin, which follows from them or came with the message. */
  void addTo(Headers headers) {
    add(headers, REASON, reason);
    add(headers, TOPIC, topic);
    add(headers, PARTITION, String.valueOf(partition));
    add(headers, OFFSET, String.valueOf(offset));
    add(headers, TIMESTAMP, String.valueOf(recordTimestamp));
  }

  /** Makes of a dead letter's headers those of the message that is sent again. */
  void addToReplayed(Headers replayed, Iterable<Header> headers) {
    for (Header header : headers) {
      if (!header.key().startsWith(PREFIX)) {
        replayed.add(header);
      }
    }
    add(replayed, REPLAYED_FROM, origin);
  }

  private static String origin(String topic, int partition, long offset) {
    return topic + "/" + partition + "/" + offset;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The last of this name: those before it came with the message. */
  private static String last(Iterable<Header> headers, String name) {
    String value = null;
    for (Header header : headers) {
      if (header.key().equals(name) && header.value() != null) {
        value = new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return value;
  }
}
