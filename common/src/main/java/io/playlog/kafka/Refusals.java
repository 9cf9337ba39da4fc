package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
import io.playlog.error.PlaylogException;
import io.playlog.net.TlsFailure;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * Explains that brokers do not let a client in, or that it may not do what it asks for: Kafka's own
 * words name neither the operation nor, for TLS, the reason.
 */
public final class Refusals {
  private final String kafka;
  private final String user;

  private Refusals(String kafka, String user) {
    this.kafka = kafka;
    this.user = user;
  }

  static Refusals of(KafkaSettings settings) {
    return new Refusals("Kafka at " + settings.bootstrapServers(), settings.user().orElse("…"));
  }

  /**
   * @param operation that was asked for
   * @return empty if the failure has another cause
   */
  public static Optional<PlaylogException> in(
      KafkaSettings settings, String topic, AclOperation operation, Throwable failure) {
    return of(settings).explain(topic, operation, failure);
  }

  /** The same for those who know neither the settings nor what was asked for. */
  public static Optional<PlaylogException> in(Throwable failure) {
    return new Refusals("Kafka", "…").explain(null, null, failure);
  }

  Optional<PlaylogException> explain(String topic, AclOperation operation, Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(cause -> explanation(topic, operation, cause, failure))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<PlaylogException> explanation(
      String topic, AclOperation operation, Throwable cause, Throwable failure) {
    if (cause instanceof AuthenticationException) {
      return Optional.of(new PlaylogException(ErrorCode.KAFKA_LOGIN, login(cause), failure));
    }
    if (cause instanceof GroupAuthorizationException group && group.groupId() != null) {
      return Optional.of(group(group.groupId(), failure));
    }
    if (cause instanceof TopicAuthorizationException unauthorized && topic == null) {
      return Optional.of(
          permission(
              "what is asked of the topics " + unauthorized.unauthorizedTopics(), "", failure));
    }
    // The latter is what a producer gets that may not write: it asks for a number of its own first.
    if (cause instanceof TopicAuthorizationException
        || cause instanceof ClusterAuthorizationException) {
      return Optional.of(
          topic == null
              ? permission("an operation (Write on the topic, if a producer's)", "", failure)
              : topic(topic, operation, failure));
    }
    return Optional.empty();
  }

  private String login(Throwable cause) {
    return TlsFailure.in(cause)
        .map(
            failure ->
                "TLS with %s fails: %s. Check ssl.* in playlog.kafka.properties: %s."
                    .formatted(
                        kafka,
                        failure.reason(),
                        failure.refusesOurs()
                            ? "ssl.keystore.location must name a certificate of an authority that the brokers trust"
                            : "a broker's certificate must be of an authority in ssl.truststore.location, and of the name or address by which it is reached"))
        .orElseGet(
            () ->
                "%s does not let us in: %s. Check sasl.mechanism, and user and password of sasl.jaas.config, in playlog.kafka.properties."
                    .formatted(kafka, Failures.words(cause)));
  }

  PlaylogException topic(String topic, AclOperation operation, Throwable cause) {
    String name = SecurityUtils.operationName(operation);
    return permission(
        "%s on the topic %s".formatted(name, topic),
        " --operation %s --topic %s".formatted(name, topic),
        cause);
  }

  PlaylogException group(String group, Throwable cause) {
    return permission("Read on the group " + group, " --operation Read --group " + group, cause);
  }

  private PlaylogException permission(String refused, String granted, Throwable cause) {
    String how =
        granted.isEmpty()
            ? ""
            : ", such as kafka-acls.sh --add --allow-principal User:" + user + granted;
    return new PlaylogException(
        ErrorCode.KAFKA_PERMISSION,
        "%s refuses %s. Have it granted%s; docs/cluster.md lists what each job needs."
            .formatted(kafka, refused, how),
        cause);
  }
}
