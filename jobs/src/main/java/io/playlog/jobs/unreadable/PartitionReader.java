package io.playlog.jobs.unreadable;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.kafka.UnreadableMessage;
import io.playlog.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Tries to read a partition by consumers with the settings of the stream's.
 *
 * @param end behind the newest message
 */
record PartitionReader(KafkaSettings settings, TopicPartition partition, long end)
    implements Attempt.Reader {
  private static final Duration POLL = Duration.ofMillis(100);

  /** A broker whose disk is slow answers later, and not without the messages. */
  private static final int ANSWERS = 50;

  private static final Attempt SILENT =
      new Attempt.Failed("the broker answers, but sends nothing from there on", false);

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Each time by another consumer: one asks ahead, and tells what came of that later. */
  @Override
  public Attempt from(long offset) {
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumerOfOneBatch(settings)) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      return read(consumer, offset);
    } catch (KafkaException e) {
      if (UnreadableMessage.isMeantBy(e)) {
        return Attempt.Failed.of(e);
      }
      throw e;
    }
  }

  private Attempt read(Consumer<byte[], byte[]> consumer, long offset) {
    double answers = answers(consumer);
    long asked = System.nanoTime();
    long position = offset;
    while (position < end) {
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
      if (!messages.isEmpty()) {
        List<ConsumerRecord<byte[], byte[]>> all = messages.records(partition);
        return new Attempt.Found(all.get(0).offset(), all.get(all.size() - 1).offset());
      }
      if (consumer.position(partition) > position) {
        // Past what nobody is given, such as a transaction's marker.
        position = consumer.position(partition);
        answers = answers(consumer);
        asked = System.nanoTime();
      } else if (answers(consumer) >= answers + ANSWERS) {
        return SILENT;
      } else if (System.nanoTime() - asked > TIMEOUT.toNanos()) {
        throw KafkaClients.unreachable(settings, null);
      }
    }
    return new Attempt.End();
  }

  /** Of the broker, so far. */
  private static double answers(Consumer<?, ?> consumer) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("fetch-total"))
        .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
        .sum();
  }
}
