package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ConfigOption;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stores listens until it is stopped. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = "Stores the topic's listens in Cassandra until it is stopped by SIGTERM.")
public final class StreamCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() throws TimeoutException, StreamingQueryException {
    PlaylogConfig config = configOption.load();
    GracefulStop stop = new GracefulStop(config.stream().stopTimeout());
    try (ListenStream stream = ListenStream.open(config)) {
      StreamingQuery query = stream.start(stop::holdIfRequested);
      stop.onShutdown(query);
      query.awaitTermination();
    }
    return 0;
  }
}
