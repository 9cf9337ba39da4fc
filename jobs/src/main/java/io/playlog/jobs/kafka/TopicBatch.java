package io.playlog.jobs.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.KafkaSettings;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads messages by their offsets, once. No offset is committed, so nobody else's reading changes.
 */
public final class TopicBatch {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TopicBatch() {}

  /**
   * The columns of Spark's Kafka source, headers included. Fails while it is read if messages of
   * the ranges are no longer there.
   *
   * @param ranges per partition; partitions that are absent are not read
   */
  public static Dataset<Row> read(
      SparkSession spark, KafkaSettings settings, String topic, Map<Integer, OffsetRange> ranges) {
    DataFrameReader reader =
        spark
            .read()
            .format("kafka")
            .option("kafka.bootstrap.servers", settings.bootstrapServers())
            .option("assign", json(Map.of(topic, ranges.keySet())))
            .option("startingOffsets", offsets(topic, ranges, OffsetRange::start))
            .option("endingOffsets", offsets(topic, ranges, OffsetRange::end))
            .option("failOnDataLoss", true)
            .option("includeHeaders", true);
    for (Map.Entry<String, String> property : settings.properties().entrySet()) {
      reader = reader.option("kafka." + property.getKey(), property.getValue());
    }
    return reader.load();
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
}
