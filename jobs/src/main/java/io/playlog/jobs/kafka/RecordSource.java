package io.playlog.jobs.kafka;

import io.playlog.kafka.SkippedRanges;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.apache.spark.sql.kafka010.KafkaMicroBatchStream;
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's Kafka source with all its options, except that {@link RecordReader} makes the rows:
 * Spark's own makes a SQL timestamp of the record timestamp, which overflows for nanoseconds, so
 * that one such message ends every batch that it is in; and that it leaves out {@link
 * SkippedRanges}.
 */
public final class RecordSource implements TableProvider {

  /** Option with what is skipped, see {@link SkippedRanges#toJson}. */
  static final String SKIPPED = "playlog.skipped";

  /** Called by Spark. */
  public RecordSource() {}

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return Message.SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new TopicTable();
  }

  private static final class TopicTable implements SupportsRead {
    @Override
    public String name() {
      return "Kafka";
    }

    @Override
    @Deprecated
    public StructType schema() {
      return Message.SCHEMA;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      Scan sparks = new KafkaSourceProvider().getTable(options).newScanBuilder(options).build();
      SkippedRanges skipped = SkippedOption.read(options.getOrDefault(SKIPPED, "{}"));
      return () -> new TopicScan(sparks, skipped);
    }
  }

  private record TopicScan(Scan sparks, SkippedRanges skipped) implements Scan {
    @Override
    public StructType readSchema() {
      return Message.SCHEMA;
    }

    @Override
    public Batch toBatch() {
      Batch batch = sparks.toBatch();
      return new Batch() {
        @Override
        public InputPartition[] planInputPartitions() {
          return batch.planInputPartitions();
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
          return new RecordReader.Factory(skipped);
        }
      };
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
      return new TopicStream(
          (KafkaMicroBatchStream) sparks.toMicroBatchStream(checkpoint), skipped);
    }
  }

  /**
   * Offsets, limits and the plan of a batch are Spark's. Its metrics are left out: they know no
   * partitions that have come since the last batch, and end the query instead.
   */
  private record TopicStream(KafkaMicroBatchStream sparks, SkippedRanges skipped)
      implements MicroBatchStream, SupportsAdmissionControl {
    @Override
    public Offset initialOffset() {
      return sparks.initialOffset();
    }

    @Override
    public Offset latestOffset() {
      return sparks.latestOffset();
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
      return sparks.latestOffset(start, limit);
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
      return sparks.getDefaultReadLimit();
    }

    @Override
    public Offset reportLatestOffset() {
      return sparks.reportLatestOffset();
    }

    @Override
    public Offset deserializeOffset(String json) {
      return sparks.deserializeOffset(json);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
      return sparks.planInputPartitions(start, end);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new RecordReader.Factory(skipped);
    }

    @Override
    public void commit(Offset end) {
      sparks.commit(end);
    }

    @Override
    public void stop() {
      sparks.stop();
    }

    /** In Spark's progress and its UI. */
    @Override
    public String toString() {
      return sparks.toString();
    }
  }
}
