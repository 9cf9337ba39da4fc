package io.playlog.jobs.stream.checkpoint;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folder in which Spark keeps the offsets of its micro-batches. Beside Spark's files is one
 * that says what the checkpoint belongs to: its offsets mean nothing for another topic, and what
 * they call stored is not in another keyspace.
 */
final class Checkpoint {
  private static final String OWNER_FILE = "playlog.properties";

  private final Path folder;
  private final FileSystem files;
  private final SparkFiles sparkFiles;

  Checkpoint(SparkSession spark, String checkpoint) {
    this.folder = new Path(checkpoint);
    this.files = fileSystem(spark, checkpoint);
    this.sparkFiles = new SparkFiles(spark, files, folder);
  }

  /** Where the checkpoint is. Hadoop has modules for some that Spark does not bring. */
  static FileSystem fileSystem(SparkSession spark, String checkpoint) {
    try {
      return new Path(checkpoint).getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw unusable(checkpoint, e);
    } catch (RuntimeException e) {
      if (!(e.getCause() instanceof ClassNotFoundException missing)) {
        throw e;
      }
      throw new PlaylogException(
          ErrorCode.CHECKPOINT_UNUSABLE,
          "The checkpoint %s cannot be used: %s. Give Spark the module that has it (for s3a: hadoop-aws), as docs/spark.md says."
              .formatted(checkpoint, missing.getMessage()),
          e);
    }
  }

  static PlaylogException unusable(String checkpoint, IOException cause) {
    return new PlaylogException(
        ErrorCode.CHECKPOINT_UNUSABLE,
        "The checkpoint %s cannot be used: %s. Set playlog.stream.checkpoint to a folder, or a URI that Spark reaches, that can be written."
            .formatted(checkpoint, cause),
        cause);
  }

  /** While the stream runs: what is not written is replayed, and written then. */
  static PlaylogException notWritten(String file, IOException cause) {
    return new PlaylogException(
        ErrorCode.CHECKPOINT_UNUSABLE,
        "The checkpoint's file %s cannot be written: %s. Make room on its disk, or mend the folder, and start the stream again: it goes on where it was."
            .formatted(file, cause.getMessage()),
        cause);
  }

  /** What to do where the stream cannot go on from a checkpoint. */
  static String toGoOn(String checkpoint) {
    return "To go on, delete the checkpoint %s and start the stream: it reads from the beginning what the topic holds, and duplicates no listen."
        .formatted(checkpoint);
  }

  /** Nobody can mend such a file, and nobody needs to. */
  static PlaylogException damaged(Path file, Path checkpoint, String problem, Exception cause) {
    return new PlaylogException(
        ErrorCode.CHECKPOINT_DAMAGED,
        "The checkpoint's file %s %s. A power cut, a full disk or a copy that is not whole leave such files. %s"
            .formatted(file, problem, toGoOn(checkpoint.toString())),
        cause);
  }

  /**
   * What {@link #claim} wrote, empty for a new checkpoint.
   *
   * @param keys that it must have
   * @throws PlaylogException if it is damaged, or was taken away
   */
  Optional<Map<String, String>> owner(Set<String> keys) {
    Path file = new Path(folder, OWNER_FILE);
    try {
      if (!files.exists(file)) {
        if (sparkFiles.hasBatches()) {
          throw damaged(file, folder, "is missing", null);
        }
        return Optional.empty();
      }
      Properties properties = new Properties();
      try (FSDataInputStream in = files.open(file)) {
        properties.load(in);
      }
      Map<String, String> owner = new LinkedHashMap<>();
      properties.stringPropertyNames().forEach(key -> owner.put(key, properties.getProperty(key)));
      if (!owner.keySet().containsAll(keys)) {
        throw damaged(file, folder, "does not say what the checkpoint belongs to", null);
      }
      return Optional.of(owner);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, folder, "cannot be read: " + e.getMessage(), e);
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

  /**
   * The end of the last micro-batch that is committed, empty before the first.
   *
   * @throws PlaylogException if a file that Spark will read is missing or damaged
   */
  Optional<Offsets> endOfLastCommitted(String topic) {
    return sparkFiles.endOfLastCommitted(topic);
  }
}
