package io.playlog.jobs.unreadable;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.kafka.UnreadableMessage;
import io.playlog.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Tries to read a partition by a consumer with the settings of the stream's. */
final class PartitionReader implements Attempt.Reader, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** A broker that has messages sends them sooner, also if its disk is slow. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final TopicPartition partition;
  private final long end;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param end behind the newest message
   */
  PartitionReader(KafkaSettings settings, TopicPartition partition, long end) {
    this.settings = settings;
    this.partition = partition;
    this.end = end;
    this.consumer = KafkaClients.consumerOfOneBatch(settings);
    consumer.assign(List.of(partition));
  }

  @Override
  public Attempt from(long offset) {
    consumer.seek(partition, offset);
    long silentSince = System.nanoTime();
    long position = offset;
    while (position < end) {
      ConsumerRecords<byte[], byte[]> messages;
      try {
        messages = consumer.poll(POLL);
      } catch (KafkaException e) {
        if (UnreadableMessage.isMeantBy(e)) {
          return Attempt.Failed.of(e);
        }
        throw e;
      }
      if (!messages.isEmpty()) {
        return new Attempt.Found(messages.iterator().next().offset());
      }
      if (consumer.position(partition) > position) {
        // Past what nobody is given, such as a transaction's marker.
        position = consumer.position(partition);
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > SILENCE.toNanos()) {
        requireAnswer();
        return new Attempt.Failed("the broker sends nothing from there on", true);
      }
    }
    return new Attempt.End();
  }

  private void requireAnswer() {
    try {
      consumer.endOffsets(List.of(partition));
    } catch (TimeoutException e) {
      throw KafkaClients.unreachable(settings, e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
