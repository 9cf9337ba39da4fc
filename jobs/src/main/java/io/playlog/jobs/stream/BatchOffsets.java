package io.playlog.jobs.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.CommitLog;
import org.apache.spark.sql.execution.streaming.CommitMetadata;
import org.apache.spark.sql.execution.streaming.OffsetSeqLog;
import scala.Option;
import scala.Tuple2;

/**
 * The end offsets of a micro-batch, from the checkpoint: Spark writes them there before it starts
 * the batch, and does not tell them to foreachBatch. The largest offset seen plus one would not do:
 * a partition's end may hold no message of ours.
 */
final class BatchOffsets {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OffsetSeqLog log;
  private final CommitLog commits;
  private final String topic;

  BatchOffsets(SparkSession spark, String checkpoint, String topic) {
    this.log = new OffsetSeqLog(spark, checkpoint + "/offsets");
    this.commits = new CommitLog(spark, checkpoint + "/commits");
    this.topic = topic;
  }

  /** Per Kafka partition, the offset after the batch's last. */
  Map<Integer, Long> endOf(long batchId) {
    return parse(log.get(batchId).get().offsets().head().get().json(), topic);
  }

  /** The same of the last batch that is committed, empty before the first. */
  Optional<Map<Integer, Long>> endOfLastCommitted() {
    Option<Tuple2<Object, CommitMetadata>> last = commits.getLatest();
    return last.isEmpty() ? Optional.empty() : Optional.of(endOf((Long) last.get()._1()));
  }

  /**
   * @param json Spark's form, such as {@code {"spotify":{"0":12,"1":7}}}
   */
  static Map<Integer, Long> parse(String json, String topic) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, Map<Integer, Long>>>() {})
          .getOrDefault(topic, Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark's offsets have an unknown form: " + json, e);
    }
  }
}
