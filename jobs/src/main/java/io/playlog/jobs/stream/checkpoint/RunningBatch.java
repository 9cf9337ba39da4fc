package io.playlog.jobs.stream.checkpoint;

import io.playlog.jobs.kafka.TopicReader;
import io.playlog.kafka.Offsets;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.StreamExecution;
import org.apache.spark.sql.execution.streaming.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StreamingQuery;
import scala.collection.Iterator;

/**
 * The end offsets of the micro-batch that runs, which Spark has written to the checkpoint and does
 * not tell to foreachBatch. The largest offset seen plus one would not do: a partition's end may
 * hold no message of ours.
 */
public final class RunningBatch {
  private final SparkSession spark;
  private final String topic;
  private StreamExecution query;

  public RunningBatch(SparkSession spark, String topic) {
    this.spark = spark;
    this.topic = topic;
  }

  /** Per Kafka partition, the offset after the batch's last. */
  public Offsets end() {
    Iterator<org.apache.spark.sql.connector.read.streaming.Offset> offsets =
        query().availableOffsets().valuesIterator();
    return TopicReader.parseOffsets(offsets.next().json(), topic);
  }

  /** The only one of this session; it is there from before its first batch. */
  private StreamExecution query() {
    if (query == null) {
      StreamingQuery active = spark.streams().active()[0];
      query = ((StreamingQueryWrapper) active).streamingQuery();
    }
    return query;
  }
}
