package io.playlog.web.sample;

import io.playlog.config.KafkaSettings;
import io.playlog.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;

/** When the messages came that stand at given offsets. */
final class OldestMessages implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int POLLS = 5;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;

  OldestMessages(KafkaSettings settings) {
    this.consumer = KafkaClients.consumerOfOneBatch(settings);
    this.topic = settings.topic();
  }

  /**
   * @param offsets by partition
   * @return record timestamps in milliseconds since the epoch, by partition; absent is what could
   *     not be read within a second
   */
  Map<Integer, Long> times(Map<Integer, Long> offsets) {
    Map<Integer, Long> times = new HashMap<>();
    if (offsets.isEmpty()) {
      return times;
    }
    consumer.assign(
        offsets.keySet().stream().map(partition -> new TopicPartition(topic, partition)).toList());
    offsets.forEach(
        (partition, offset) -> consumer.seek(new TopicPartition(topic, partition), offset));
    for (int poll = 0; poll < POLLS && times.size() < offsets.size(); poll++) {
      try {
        consumer
            .poll(POLL)
            .forEach(message -> times.putIfAbsent(message.partition(), message.timestamp()));
      } catch (KafkaException e) {
        // A damaged message, of which the stream says what to do, must not hide all that is known
        // besides; for it the client has no class of its own.
        if (!e.getClass().equals(KafkaException.class) && !(e instanceof CorruptRecordException)) {
          throw e;
        }
      }
    }
    return times;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
