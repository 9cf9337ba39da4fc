package io.playlog.jobs.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a checkpoint belongs to, in a file beside Spark's own: its offsets mean nothing for another
 * topic, and what they call stored is not in another keyspace.
 */
final class Checkpoint {
  private static final String FILE = "playlog.properties";

  private final Path folder;
  private final FileSystem files;

  Checkpoint(String checkpoint, Configuration configuration) {
    this.folder = new Path(checkpoint);
    try {
      this.files = folder.getFileSystem(configuration);
    } catch (IOException e) {
      throw unreachable(checkpoint, e);
    }
  }

  static UncheckedIOException unreachable(String checkpoint, IOException cause) {
    return new UncheckedIOException("Cannot reach the checkpoint " + checkpoint, cause);
  }

  /** What {@link #claim} wrote, empty for a new checkpoint. */
  Optional<Map<String, String>> owner() {
    try {
      Path file = new Path(folder, FILE);
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
      throw new UncheckedIOException("Cannot read the checkpoint " + folder, e);
    }
  }

  /** For a checkpoint without an owner. The file is there whole or not at all. */
  void claim(Map<String, String> owner) {
    Properties properties = new Properties();
    properties.putAll(owner);
    Path unfinished = new Path(folder, FILE + ".new");
    try {
      try (FSDataOutputStream out = files.create(unfinished, true)) {
        properties.store(out, "What this checkpoint belongs to; written by the stream");
      }
      if (!files.rename(unfinished, new Path(folder, FILE))) {
        throw new IOException("Cannot rename " + unfinished + " to " + FILE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the checkpoint " + folder, e);
    }
  }
}
