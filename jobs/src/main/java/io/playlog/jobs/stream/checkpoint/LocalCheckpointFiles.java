package io.playlog.jobs.stream.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Writes a local checkpoint's files as Spark does, to a temporary file that is renamed, but without
 * starting other programs: Hadoop runs chmod and readlink there, 14 times per micro-batch, which
 * can take longer than storing a small batch.
 */
public final class LocalCheckpointFiles extends FileSystemBasedCheckpointFileManager {

  /** Called by Spark. */
  public LocalCheckpointFiles(Path path, Configuration configuration) {
    super(path, configuration);
  }

  /** Makes Spark use it if the checkpoint is local; elsewhere Spark's own choice stays. */
  public static void use(SparkSession spark, String checkpoint) {
    String setting = SQLConf.STREAMING_CHECKPOINT_FILE_MANAGER_CLASS().parent().key();
    boolean local = Checkpoint.fileSystem(spark, checkpoint) instanceof LocalFileSystem;
    if (local && !spark.conf().contains(setting)) {
      spark.conf().set(setting, LocalCheckpointFiles.class.getName());
    }
  }

  @Override
  public FSDataOutputStream createTempFile(Path path) {
    String file = path.toUri().getPath();
    try {
      return new FSDataOutputStream(
          new Explained(Files.newOutputStream(java.nio.file.Path.of(file)), file), null);
    } catch (IOException e) {
      throw Checkpoint.notWritten(file, e);
    }
  }

  /** Says which file was not written, as on a full disk. */
  private static final class Explained extends OutputStream {
    private final OutputStream out;
    private final String file;

    private Explained(OutputStream out, String file) {
      this.out = out;
      this.file = file;
    }

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw Checkpoint.notWritten(file, e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw Checkpoint.notWritten(file, e);
      }
    }
  }
}
