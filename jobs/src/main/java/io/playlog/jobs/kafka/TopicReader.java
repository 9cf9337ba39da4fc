package io.playlog.jobs.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.KafkaSettings;
import io.playlog.config.StreamSettings;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.SkippedRanges;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a topic by {@link RecordSource}, with the columns that {@link Message} takes. No offset is
 * committed, so nobody else's reading changes.
 */
public final class TopicReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE = RecordSource.class.getName();

  /**
   * Spark asks so often for the ends of a topic before it lets the query fail, each time by a new
   * client: two minutes in all, as long as its tasks wait for a message. Its own three were as long
   * with Kafka's own time-outs.
   */
  private static final int ATTEMPTS = 12;

  /** In between, in milliseconds: a question in vain has taken its time already. */
  private static final int PAUSE = 100;

  private TopicReader() {}

  /**
   * The topic of the listens, from its beginning where no checkpoint says otherwise.
   *
   * @param stream how many messages make a micro-batch
   */
  public static Dataset<Row> stream(
      SparkSession spark, KafkaSettings settings, StreamSettings stream, SkippedRanges skipped) {
    Map<String, String> options = options(settings, skipped);
    options.put("subscribe", settings.topic());
    options.put("startingOffsets", "earliest");
    // Spark refuses more than the most.
    options.put(
        "minOffsetsPerTrigger",
        String.valueOf(Math.min(stream.minOffsetsPerTrigger(), stream.maxOffsetsPerTrigger())));
    options.put("maxTriggerDelay", stream.maxTriggerDelay().toMillis() + "ms");
    options.put("maxOffsetsPerTrigger", String.valueOf(stream.maxOffsetsPerTrigger()));
    return spark.readStream().format(SOURCE).options(options).load();
  }

  /**
   * Fails while it is read if messages of the ranges are no longer there.
   *
   * @param ranges per partition; partitions that are absent are not read
   */
  public static Dataset<Row> batch(
      SparkSession spark,
      KafkaSettings settings,
      String topic,
      Map<Integer, OffsetRange> ranges,
      SkippedRanges skipped) {
    Map<String, String> options = options(settings, skipped);
    options.put("assign", json(Map.of(topic, ranges.keySet())));
    options.put("startingOffsets", offsets(topic, ranges, OffsetRange::start));
    options.put("endingOffsets", offsets(topic, ranges, OffsetRange::end));
    return spark.read().format(SOURCE).options(options).load();
  }

  private static Map<String, String> options(KafkaSettings settings, SkippedRanges skipped) {
    // The executors' consumers would refuse a bad property in words of their own.
    KafkaClients.consumer(settings).close();
    Map<String, String> options = new HashMap<>();
    // After each fetch Spark's source asks for the partition's ends, on the connection on which the
    // next fetch waits for messages: with Kafka's 500 ms a micro-batch of a quiet topic took as
    // long.
    options.put("kafka.fetch.max.wait.ms", "20");
    options.putAll(KafkaClients.sparkOptions(settings));
    options.put("fetchOffset.numRetries", String.valueOf(ATTEMPTS));
    options.put("fetchOffset.retryIntervalMs", String.valueOf(PAUSE));
    options.put("failOnDataLoss", "true");
    options.put(RecordSource.SKIPPED, SkippedOption.of(skipped));
    return options;
  }

  private static String offsets(
      String topic, Map<Integer, OffsetRange> ranges, ToLongFunction<OffsetRange> offset) {
    Map<Integer, Long> offsets = new TreeMap<>();
    ranges.forEach((partition, range) -> offsets.put(partition, offset.applyAsLong(range)));
    return json(Map.of(topic, offsets));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads offsets as Spark writes them.
   *
   * @param json such as {@code {"spotify":{"0":12,"1":7}}}
   */
  public static Offsets parseOffsets(String json, String topic) {
    try {
      return Offsets.of(
          JSON.readValue(json, new TypeReference<Map<String, Map<Integer, Long>>>() {})
              .getOrDefault(topic, Map.of()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark's offsets have an unknown form: " + json, e);
    }
  }
}
