package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.FileUtils;

/** The stream inside the test's JVM, to be run for a while. */
public final class StreamRun implements AutoCloseable {
  private final ListenStream stream;
  private final GracefulStop stop;

  private StreamRun(ListenStream stream, GracefulStop stop) {
    this.stream = stream;
    this.stop = stop;
  }

  public static StreamRun start(PlaylogConfig config) throws TimeoutException {
    return start(config, () -> {});
  }

  /** What a test does while a batch runs, before anything of it is stored. */
  public interface DuringBatch {
    void run() throws InterruptedException;
  }

  public static StreamRun start(PlaylogConfig config, DuringBatch duringBatch)
      throws TimeoutException {
    GracefulStop stop = new GracefulStop(config.stream().stopTimeout());
    ListenStream stream =
        ListenStream.start(
            config,
            () -> {
              stop.holdIfRequested();
              duringBatch.run();
            });
    return new StreamRun(stream, stop);
  }

  /** Reads the topic from its beginning once more. */
  public static StreamRun startWithoutCheckpoint(PlaylogConfig config)
      throws IOException, TimeoutException {
    FileUtils.deleteDirectory(Path.of(config.stream().checkpoint()).toFile());
    return start(config);
  }

  /** Returns when all that the topic holds is stored and committed. */
  public void processAllAvailable() {
    stream.query().processAllAvailable();
  }

  /** As SIGTERM does. */
  public void stopGracefully() {
    stop.stop(stream.query());
  }

  @Override
  public void close() throws TimeoutException {
    stream.query().stop();
    stream.close();
  }
}
