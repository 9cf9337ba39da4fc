package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.streaming.StreamingQuery;

/** The stream inside the test's JVM, to be run for a while. */
public final class StreamRun implements AutoCloseable {
  private final ListenStream stream;
  private final StreamingQuery query;

  private StreamRun(ListenStream stream, StreamingQuery query) {
    this.stream = stream;
    this.query = query;
  }

  public static StreamRun start(PlaylogConfig config) throws TimeoutException {
    ListenStream stream = ListenStream.open(config);
    try {
      return new StreamRun(stream, stream.start(() -> {}));
    } catch (RuntimeException | TimeoutException e) {
      stream.close();
      throw e;
    }
  }

  /** Reads the topic from its beginning once more. */
  public static StreamRun startWithoutCheckpoint(PlaylogConfig config)
      throws IOException, TimeoutException {
    FileUtils.deleteDirectory(Path.of(config.stream().checkpoint()).toFile());
    return start(config);
  }

  /** Returns when all that the topic holds is stored and committed. */
  public void processAllAvailable() {
    query.processAllAvailable();
  }

  @Override
  public void close() throws TimeoutException {
    query.stop();
    stream.close();
  }
}
