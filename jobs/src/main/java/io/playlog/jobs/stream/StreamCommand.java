package io.playlog.jobs.stream;

import io.playlog.cli.Program;
import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Refusals;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclOperation;
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
  public Integer call() throws Exception {
    PlaylogConfig config = program.loadConfig();
    GracefulStop stop = new GracefulStop(config.stream().stopTimeout());
    ListenStream stream = ListenStream.start(config, stop::holdIfRequested);
    try {
      stop.onShutdown(stream);
      stop.awaitEnd(stream::awaitEnd);
    } catch (StreamingQueryException e) {
      throw explained(config.kafka(), e);
    } catch (PlaylogException e) {
      // Whoever waited for what hangs would hang, too.
      stop.giveUp();
      throw e;
    } finally {
      if (!stop.isRequested()) {
        stream.close();
      }
    }
    return 0;
  }

  /** What Spark's Kafka source says while it waits for messages. */
  static Exception explained(KafkaSettings settings, Exception failure) {
    ErrorCode known = PlaylogException.in(failure).map(PlaylogException::code).orElse(null);
    if (known == ErrorCode.KAFKA_UNREACHABLE
        || known == null && KafkaClients.hasTimedOut(failure)) {
      return KafkaClients.unreachable(settings, failure);
    }
    if (known == null && KafkaClients.hasNoTopic(failure)) {
      return new PlaylogException(
          ErrorCode.TOPIC_MISSING,
          "The topic %s, or a partition of it, was deleted while the stream ran. Start the stream again: it says what to do."
              .formatted(settings.topic()),
          failure);
    }
    return known == null
        ? Refusals.in(settings, settings.topic(), AclOperation.READ, failure)
            .<Exception>map(found -> found)
            .orElse(failure)
        : failure;
  }
}
