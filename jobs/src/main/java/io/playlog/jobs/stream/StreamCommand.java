package io.playlog.jobs.stream;

import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQueryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Stores listens until it is stopped. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = "Stores the topic's listens in Cassandra until it is stopped by SIGTERM.")
public final class StreamCommand implements Callable<Integer> {
  @ParentCommand private Program program;

  @Override
  public Integer call() throws TimeoutException, StreamingQueryException {
    PlaylogConfig config = program.loadConfig();
    GracefulStop stop = new GracefulStop(config.stream().stopTimeout());
    ListenStream stream = ListenStream.start(config, stop::holdIfRequested);
    try {
      stop.onShutdown(stream);
      stream.query().awaitTermination();
    } catch (StreamingQueryException e) {
      ErrorCode known = PlaylogException.in(e).map(PlaylogException::code).orElse(null);
      if (known == ErrorCode.KAFKA_UNREACHABLE || known == null && KafkaClients.hasTimedOut(e)) {
        throw KafkaClients.unreachable(config.kafka(), e);
      }
      throw e;
    } finally {
      if (!stop.isRequested()) {
        stream.close();
      }
    }
    return 0;
  }
}
