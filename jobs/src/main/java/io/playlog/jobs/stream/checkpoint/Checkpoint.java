package io.playlog.jobs.stream.checkpoint;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.kafka.TopicReader;
import io.playlog.kafka.Offsets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.CommitLog;
import org.apache.spark.sql.execution.streaming.CommitMetadata;
import org.apache.spark.sql.execution.streaming.OffsetSeqLog;
import scala.Option;
import scala.Tuple2;

/**
 * The folder in which Spark keeps the offsets of its micro-batches. Beside Spark's files is one
 * that says what the checkpoint belongs to: its offsets mean nothing for another topic, and what
 * they call stored is not in another keyspace.
 */
final class Checkpoint {
  private static final String OWNER_FILE = "playlog.properties";
  private static final String OFFSETS = "offsets";
  private static final String COMMITS = "commits";

  private final SparkSession spark;
  private final Path folder;
  private final FileSystem files;

  Checkpoint(SparkSession spark, String checkpoint) {
    this.spark = spark;
    this.folder = new Path(checkpoint);
    try {
      this.files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw unusable(checkpoint, e);
    }
  }

  static PlaylogException unusable(String checkpoint, IOException cause) {
    return new PlaylogException(
        ErrorCode.CHECKPOINT_UNUSABLE,
        "The checkpoint %s cannot be used: %s. Set playlog.stream.checkpoint to a folder, or a URI that Spark reaches, that can be written."
            .formatted(checkpoint, cause),
        cause);
  }

  /** What {@link #claim} wrote, empty for a new checkpoint. */
  Optional<Map<String, String>> owner() {
    try {
      Path file = new Path(folder, OWNER_FILE);
      if (!files.exists(file)) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      try (FSDataInputStream in = files.open(file)) {
        properties.load(in);
      }
      Map<String, String> owner = new LinkedHashMap<>();
      properties.stringPropertyNames().forEach(key -> owner.put(key, properties.getProperty(key)));
      return Optional.of(owner);
    } catch (IOException e) {
      throw unusable(folder.toString(), e);
    }
  }

  /** For a checkpoint without an owner. The file is there whole or not at all. */
  void claim(Map<String, String> owner) {
    Properties properties = new Properties();
    properties.putAll(owner);
    Path unfinished = new Path(folder, OWNER_FILE + ".new");
    try {
      try (FSDataOutputStream out = files.create(unfinished, true)) {
        properties.store(out, "What this checkpoint belongs to; written by the stream");
      }
      if (!files.rename(unfinished, new Path(folder, OWNER_FILE))) {
        throw new IOException("cannot rename " + unfinished + " to " + OWNER_FILE);
      }
    } catch (IOException e) {
      throw unusable(folder.toString(), e);
    }
  }

  /** The end of the last micro-batch that is committed, empty before the first. */
  Optional<Offsets> endOfLastCommitted(String topic) {
    requireNotEmpty(OFFSETS);
    requireNotEmpty(COMMITS);
    Option<Tuple2<Object, CommitMetadata>> last =
        new CommitLog(spark, folder + "/" + COMMITS).getLatest();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    OffsetSeqLog log = new OffsetSeqLog(spark, folder + "/" + OFFSETS);
    String json = log.get((Long) last.get()._1()).get().offsets().head().get().json();
    return Optional.of(TopicReader.parseOffsets(json, topic));
  }

  /** Spark does not sync its files, so a power cut may leave empty ones, which it cannot read. */
  private void requireNotEmpty(String log) {
    try {
      Path logFolder = new Path(folder, log);
      if (!files.exists(logFolder)) {
        return;
      }
      for (FileStatus file : files.listStatus(logFolder, path -> path.getName().matches("\\d+"))) {
        if (file.getLen() == 0) {
          throw new PlaylogException(
              ErrorCode.CHECKPOINT_UNUSABLE,
              "The checkpoint's file %s is empty, as a power cut may leave it. To go on, delete the checkpoint %s and start the stream: it reads from the beginning what the topic holds, and duplicates nothing."
                  .formatted(file.getPath(), folder));
        }
      }
    } catch (IOException e) {
      throw unusable(folder.toString(), e);
    }
  }
}
