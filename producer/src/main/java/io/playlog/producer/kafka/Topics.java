package io.playlog.producer.kafka;

import io.playlog.config.KafkaSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics of a cluster, asked for with bounded waits. */
public final class Topics implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;

  private final Admin admin;
  private final String servers;

  public Topics(KafkaSettings settings) {
    admin = KafkaClients.admin(settings);
    servers = settings.bootstrapServers();
  }

  /**
   * @throws KafkaNotReadyException if the topic is missing or no broker answers
   */
  public void require(String topic) {
    if (!exists(topic)) {
      throw new KafkaNotReadyException(
          "topic %s does not exist at %s: create it with `java -jar producer/target/producer.jar create-topics`"
              .formatted(topic, servers),
          null);
    }
  }

  boolean exists(String topic) {
    DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS);
    return succeeds(
        admin.describeTopics(List.of(topic), options).allTopicNames(),
        UnknownTopicOrPartitionException.class);
  }

  /**
   * Creates the topic and returns its settings, as they come with the answer: other brokers may not
   * know the topic yet. Empty if it exists already.
   */
  Optional<Config> create(NewTopic topic) {
    CreateTopicsOptions options = new CreateTopicsOptions().timeoutMs(TIMEOUT_MS);
    CreateTopicsResult result = admin.createTopics(List.of(topic), options);
    return succeeds(result.all(), TopicExistsException.class)
        ? Optional.of(get(result.config(topic.name())))
        : Optional.empty();
  }

  Config configuration(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(TIMEOUT_MS);
    return get(admin.describeConfigs(List.of(resource), options).values().get(resource));
  }

  /** False if it ends with the expected error; other errors are thrown. */
  private boolean succeeds(KafkaFuture<?> result, Class<? extends Exception> expected) {
    try {
      get(result);
      return true;
    } catch (KafkaNotReadyException e) {
      if (expected.isInstance(e.getCause())) {
        return false;
      }
      throw e;
    }
  }

  private <T> T get(KafkaFuture<T> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaNotReadyException("stopped while waiting for Kafka", e);
    }
  }

  private KafkaNotReadyException failed(Throwable cause) {
    String message =
        cause instanceof TimeoutException
            ? "no Kafka broker answers at %s within %d s: start it (scripts/start-all.sh starts an embedded one), or set playlog.kafka.bootstrap-servers or PLAYLOG_KAFKA to yours"
                .formatted(servers, TIMEOUT_MS / 1000)
            : "Kafka at %s refuses: %s: %s"
                .formatted(servers, cause.getClass().getSimpleName(), cause.getMessage());
    return new KafkaNotReadyException(message, cause);
  }

  @Override
  public void close() {
    admin.close();
  }
}
