package io.playlog.jobs.stream.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.kafka.TopicReader;
import io.playlog.kafka.Offsets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.CommitLog;
import org.apache.spark.sql.execution.streaming.CommitMetadata;
import org.apache.spark.sql.execution.streaming.OffsetSeq;
import org.apache.spark.sql.execution.streaming.OffsetSeqLog;
import scala.Option;

/**
 * Spark's own files of a checkpoint: {@code offsets} holds the end of each micro-batch that was
 * planned, {@code commits} is told of those that are finished, {@code sources} has where the first
 * one begins. Read here as Spark will read them when the query starts, since it stops at a bad one
 * with words that help nobody. Those that it will not read may be as they are.
 */
final class SparkFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final FileSystem files;
  private final Path checkpoint;
  private final Path offsets;
  private final Path commits;

  SparkFiles(SparkSession spark, FileSystem files, Path checkpoint) {
    this.spark = spark;
    this.files = files;
    this.checkpoint = checkpoint;
    this.offsets = new Path(checkpoint, "offsets");
    this.commits = new Path(checkpoint, "commits");
  }

  /** Whether a micro-batch was ever planned. */
  boolean hasBatches() {
    return !batches(offsets).isEmpty() || !batches(commits).isEmpty();
  }

  /**
   * The end of the last micro-batch that is committed, empty before the first.
   *
   * @throws PlaylogException if Spark could not go on from these files
   */
  Optional<Offsets> endOfLastCommitted(String topic) {
    requireQueryId();
    TreeSet<Long> planned = batches(offsets);
    TreeSet<Long> committed = batches(commits);
    long last = planned.isEmpty() ? -1 : planned.last();
    // A batch is planned when the one before is committed, whose file Spark can do without.
    long lastCommitted = last - 1;
    if (!committed.isEmpty()) {
      lastCommitted = Math.max(committed.last(), lastCommitted);
      requireCommit(committed.last());
    }
    if (lastCommitted > last) {
      throw Checkpoint.damaged(batch(offsets, lastCommitted), checkpoint, "is missing", null);
    }
    if (last <= 0) {
      requireBeginning(topic);
    }
    if (last >= 0) {
      end(last, topic);
    }
    // Spark reads the last but one too: a batch begins where it ends.
    Optional<Offsets> before = last > 0 ? Optional.of(end(last - 1, topic)) : Optional.empty();
    return lastCommitted == last && last >= 0 ? Optional.of(end(last, topic)) : before;
  }

  private Offsets end(long batch, String topic) {
    Path file = batch(offsets, batch);
    return read(
        file,
        () -> {
          Option<OffsetSeq> found = new OffsetSeqLog(spark, offsets.toString()).get(batch);
          if (found.isEmpty()) {
            throw unreadable(file);
          }
          return requirePartitions(found.get().offsets().head().get().json(), topic);
        });
  }

  private static Offsets requirePartitions(String json, String topic) {
    Offsets found = TopicReader.parseOffsets(json, topic);
    if (found.partitions().isEmpty()) {
      throw new IllegalStateException("it has no offsets of topic " + topic);
    }
    if (found.asMap().values().stream().anyMatch(offset -> offset < 0)) {
      throw new IllegalStateException(
          "found the offsets %s, expected none below 0".formatted(found));
    }
    return found;
  }

  private void requireCommit(long batch) {
    Path file = batch(commits, batch);
    read(
        file,
        () -> {
          Option<CommitMetadata> found = new CommitLog(spark, commits.toString()).get(batch);
          if (found.isEmpty()) {
            throw unreadable(file);
          }
          return found.get();
        });
  }

  /** A zero byte, a line with the version, the offsets; Spark writes it anew if it is missing. */
  private void requireBeginning(String topic) {
    Path file = new Path(checkpoint, "sources/0/0");
    readIfThere(
        file,
        text -> {
          if (!text.startsWith("\0v1\n")) {
            throw new IllegalStateException("it does not begin as Spark's files do");
          }
          return requirePartitions(text.substring(4), topic);
        });
  }

  /** Spark makes a new one if it is missing. */
  private void requireQueryId() {
    readIfThere(
        new Path(checkpoint, "metadata"),
        text -> {
          JsonNode id = JSON.readTree(text).path("id");
          if (!id.isTextual()) {
            throw new IllegalStateException("it has no id of a query");
          }
          return id;
        });
  }

  private interface Parser<T> {
    T parse(String text) throws IOException;
  }

  private <T> void readIfThere(Path file, Parser<T> parser) {
    read(
        file,
        () -> {
          if (!files.exists(file)) {
            return null;
          }
          try (FSDataInputStream in = files.open(file)) {
            return parser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        });
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Spark throws all kinds of exceptions at what it does not understand, undeclared ones too. */
  private <T> T read(Path file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (PlaylogException e) {
      throw e;
    } catch (Exception e) {
      throw Checkpoint.damaged(file, checkpoint, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Spark's log says the same of a file that is missing, is a folder or has other permissions. */
  private PlaylogException unreadable(Path file) throws IOException {
    String problem =
        files.exists(file)
            ? "is there, but cannot be opened: it is a folder, or its permissions are wrong"
            : "is missing";
    return Checkpoint.damaged(file, checkpoint, problem, null);
  }

  private static Path batch(Path log, long batch) {
    return new Path(log, Long.toString(batch));
  }

  /** The numbers of the batches that a log has. */
  private TreeSet<Long> batches(Path log) {
    TreeSet<Long> found = new TreeSet<>();
    read(
        log,
        () -> {
          if (files.exists(log)) {
            if (!files.getFileStatus(log).isDirectory()) {
              throw new IOException("it is no folder");
            }
            for (FileStatus file : files.listStatus(log)) {
              if (file.getPath().getName().matches("\\d{1,18}")) {
                found.add(Long.parseLong(file.getPath().getName()));
              }
            }
          }
          return found;
        });
    return found;
  }
}
