package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.security.cert.CertPathBuilderException;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final KafkaSettings settings =
      KafkaClientsTest.settings(
          "kafka:9092",
          Map.of(
              "sasl.jaas.config",
              "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"app\""
                  + " password=\"s3cret\";"));

  private void explained(AclOperation operation, Exception failure, ErrorCode code, String words) {
    PlaylogException found =
        Refusals.in(settings, "listens", operation, new IllegalStateException(failure))
            .orElseThrow();
    assertThat(found.code()).isEqualTo(code);
    assertThat(found.getMessage()).isEqualTo(words).doesNotContain("s3cret");
  }

  @Test
  void aWrongPasswordAndAUserThatIsNone() {
    explained(
        AclOperation.DESCRIBE,
        new SaslAuthenticationException("invalid credentials with SASL mechanism SCRAM-SHA-512"),
        ErrorCode.KAFKA_LOGIN,
        "Kafka at kafka:9092 does not let us in: invalid credentials with SASL mechanism"
            + " SCRAM-SHA-512. Check sasl.mechanism, and user and password of sasl.jaas.config, in"
            + " playlog.kafka.properties.");
  }

  @Test
  void aCertificateThatIsNotTrusted() {
    SSLHandshakeException handshake = new SSLHandshakeException("PKIX path building failed");
    handshake.initCause(new CertPathBuilderException("unable to find"));
    explained(
        AclOperation.DESCRIBE,
        new SslAuthenticationException("SSL handshake failed", handshake),
        ErrorCode.KAFKA_LOGIN,
        "TLS with Kafka at kafka:9092 fails: the server's certificate is of an authority that the"
            + " trust store does not have. Check ssl.* in playlog.kafka.properties: a broker's"
            + " certificate must be of an authority in ssl.truststore.location, and of the name or"
            + " address by which it is reached.");
  }

  /** The latter is what a producer gets. */
  @Test
  void aTopicThatMayNotBeWritten() {
    for (Exception failure :
        new Exception[] {
          new TopicAuthorizationException(Set.of("listens")),
          new ClusterAuthorizationException("Cluster authorization failed.")
        }) {
      explained(
          AclOperation.WRITE,
          failure,
          ErrorCode.KAFKA_PERMISSION,
          "Kafka at kafka:9092 refuses Write on the topic listens. Have it granted, such as"
              + " kafka-acls.sh --add --allow-principal User:app --operation Write --topic listens;"
              + " docs/cluster.md lists what each job needs.");
    }
  }

  @Test
  void aGroup() {
    explained(
        AclOperation.DESCRIBE,
        GroupAuthorizationException.forGroupId("jobs"),
        ErrorCode.KAFKA_PERMISSION,
        "Kafka at kafka:9092 refuses Read on the group jobs. Have it granted, such as kafka-acls.sh"
            + " --add --allow-principal User:app --operation Read --group jobs; docs/cluster.md"
            + " lists what each job needs.");
  }

  @Test
  void whoDoesNotKnowWhatWasAskedForNamesTheTopic() {
    assertThat(
            Refusals.in(
                    new IllegalStateException(new TopicAuthorizationException(Set.of("listens"))))
                .orElseThrow())
        .hasMessage(
            "Kafka refuses what is asked of the topics [listens]. Have it granted; docs/cluster.md"
                + " lists what each job needs.");
  }

  @Test
  void otherFailuresAreNoRefusals() {
    assertThat(Refusals.in(new TimeoutException("late"))).isEmpty();
  }
}
