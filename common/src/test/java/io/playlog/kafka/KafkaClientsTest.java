package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private static KafkaSettings settings(Map<String, String> properties) {
    return settings("127.0.0.1:29092", properties);
  }

  static KafkaSettings settings(String bootstrapServers, Map<String, String> properties) {
    return new KafkaSettings(
        bootstrapServers,
        "listens",
        "listens.dead",
        4,
        (short) 1,
        Duration.ofDays(7),
        Duration.ofDays(30),
        properties);
  }

  private static Map<String, Object> producer(Map<String, String> passed) {
    return KafkaClients.producerProperties(settings(passed), "lz4");
  }

  @Test
  void passesPropertiesOn() {
    assertThat(producer(Map.of("security.protocol", "SSL", "linger.ms", "5")))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("linger.ms", "5")
        .containsEntry("bootstrap.servers", "127.0.0.1:29092")
        .containsEntry("compression.type", "lz4");
    assertThat(KafkaClients.sparkOptions(settings(Map.of("security.protocol", "SSL"))))
        .isEqualTo(
            Map.of(
                "kafka.security.protocol", "SSL",
                "kafka.bootstrap.servers", "127.0.0.1:29092",
                "kafka.request.timeout.ms", "2000",
                "kafka.metadata.max.age.ms", "2000",
                "kafka.socket.connection.setup.timeout.ms", "2000",
                "kafka.socket.connection.setup.timeout.max.ms", "2000",
                "kafka.default.api.timeout.ms", "10000"));
  }

  @Test
  void neverWeakensTheDelivery() {
    assertThat(producer(Map.of("acks", "0", "enable.idempotence", "false")))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
  }

  /** However long the operator's programs may wait for a broker. */
  @Test
  void whoWaitsForAnAcknowledgementIsAnsweredInTime() {
    assertThat(
            KafkaClients.boundedProperties(
                settings(
                    Map.of("delivery.timeout.ms", "1800000", "linger.ms", "60000", "acks", "0")),
                "lz4",
                Duration.ofSeconds(8)))
        .containsEntry("acks", "all")
        .containsEntry("linger.ms", 5)
        .containsEntry("delivery.timeout.ms", 8_000)
        .containsEntry("request.timeout.ms", 4_000)
        .containsEntry("max.block.ms", 4_000);
  }

  /** A smaller one would refuse a message that somebody else has sent. */
  @Test
  void takesMessagesOfAnySizeWhateverItsProperties() {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    assertThat(
            KafkaClients.anySizeProperties(
                settings(Map.of("buffer.memory", "1000", "max.request.size", "1000")), "lz4"))
        .containsEntry("buffer.memory", quarter)
        .containsEntry("max.request.size", Integer.MAX_VALUE);
    assertThat(
            KafkaClients.anySizeProperties(
                settings(Map.of("buffer.memory", String.valueOf(quarter + 1))), "lz4"))
        .containsEntry("buffer.memory", quarter + 1);
    assertThatThrownBy(
            () -> KafkaClients.producerOfAnySize(settings(Map.of("buffer.memory", "64m")), "lz4"))
        .isInstanceOf(PlaylogException.class)
        .hasMessage(
            "Kafka's client refuses the settings under playlog.kafka: Invalid value 64m for"
                + " configuration buffer.memory: Not a number of type LONG");
  }

  private static Map<String, Object> admin(Map<String, String> passed, long seconds) {
    return KafkaClients.adminProperties(settings(passed), Duration.ofSeconds(seconds));
  }

  @Test
  void noQuestionWaitsForLong() {
    assertThat(admin(Map.of(), 30))
        .containsEntry("request.timeout.ms", 5_000)
        .containsEntry("metadata.max.age.ms", 5_000)
        .containsEntry("socket.connection.setup.timeout.ms", 5_000)
        .containsEntry("socket.connection.setup.timeout.max.ms", 5_000)
        .containsEntry("default.api.timeout.ms", 10_000);
    assertThat(admin(Map.of(), 3))
        .containsEntry("request.timeout.ms", 3_000)
        .containsEntry("default.api.timeout.ms", 3_000);
  }

  /** Kafka refuses a time for an answer that is longer than that for the question. */
  @Test
  void timeoutsOfTheOperatorCount() {
    assertThat(admin(Map.of("request.timeout.ms", "60000"), 30))
        .containsEntry("request.timeout.ms", "60000")
        .containsEntry("default.api.timeout.ms", 60_000);
    assertThat(admin(Map.of("request.timeout.ms", "700"), 30))
        .containsEntry("default.api.timeout.ms", 10_000);
    assertThat(admin(Map.of("default.api.timeout.ms", "700"), 30))
        .containsEntry("request.timeout.ms", 700)
        .containsEntry("default.api.timeout.ms", "700");
    assertThat(admin(Map.of("request.timeout.ms", "60000"), 30))
        .containsEntry("metadata.max.age.ms", 60_000)
        .containsEntry("socket.connection.setup.timeout.ms", 60_000);
    for (String each : List.of("metadata.max.age.ms", "socket.connection.setup.timeout.ms")) {
      assertThat(admin(Map.of(each, "60000"), 30)).containsEntry(each, "60000");
    }
    assertThat(admin(Map.of("default.api.timeout.ms", "60000"), 30))
        .containsEntry("request.timeout.ms", 5_000);
    assertThat(KafkaClients.sparkOptions(settings(Map.of("request.timeout.ms", "60000"))))
        .containsEntry("kafka.default.api.timeout.ms", "60000");
    KafkaClients.admin(settings(Map.of("request.timeout.ms", "60000")), Duration.ofSeconds(10))
        .close(Duration.ZERO);
    assertThatThrownBy(
            () ->
                KafkaClients.admin(
                    settings(Map.of("request.timeout.ms", "soon")), Duration.ofSeconds(10)))
        .isInstanceOf(PlaylogException.class)
        .hasMessageContaining("Invalid value soon for configuration request.timeout.ms");
  }

  @Test
  void aProducerSendsAgainForAsLongAsKafkaSays() {
    assertThat(producer(Map.of()))
        .containsEntry("request.timeout.ms", 10_000)
        .doesNotContainKeys("delivery.timeout.ms", "default.api.timeout.ms");
    assertThat(producer(Map.of("request.timeout.ms", "20000")))
        .containsEntry("request.timeout.ms", "20000");
  }

  /** Offsets are asked for as the messages are read. */
  @Test
  void readsWhatItsPropertiesSay() {
    assertThat(KafkaClients.isolationLevel(settings(Map.of())))
        .isEqualTo(IsolationLevel.READ_UNCOMMITTED);
    assertThat(KafkaClients.isolationLevel(settings(Map.of("isolation.level", "read_committed"))))
        .isEqualTo(IsolationLevel.READ_COMMITTED);
  }

  @Test
  void whatTimesOutIsExplainedWhereverItIs() {
    assertThat(
            KafkaClients.timedOut(
                new IllegalStateException(new TimeoutException("no position within 10 s"))))
        .get()
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.KAFKA_UNREACHABLE);
              assertThat(failure)
                  .hasMessageStartingWith(
                      "Kafka does not answer in time: no position within 10 s. Check");
            });
    assertThat(KafkaClients.timedOut(new IllegalStateException("another"))).isEmpty();
  }

  /** Kafka's client only says that none resolves, and takes it for a bad setting. */
  @Test
  void namesTheBrokersThatDoNotResolve() {
    assertThatThrownBy(
            () -> KafkaClients.consumer(settings("nowhere.invalid:9092", Map.of())).close())
        .isInstanceOf(PlaylogException.class)
        .hasMessageContaining("nowhere.invalid:9092 is a name that does not resolve here");
  }

  @Test
  void saysWhatTheClientRefuses() {
    assertThatThrownBy(
            () ->
                KafkaClients.producer(
                    settings(Map.of("security.protocol", "carrier-pigeon")), "lz4"))
        .isInstanceOf(PlaylogException.class)
        .hasMessageStartingWith("Kafka's client refuses the settings under playlog.kafka: ")
        .hasMessageContaining("security.protocol");
    assertThatThrownBy(
            () ->
                KafkaClients.consumer(settings(Map.of("security.protocol", "SASL_PLAINTEXT")))
                    .close())
        .isInstanceOf(PlaylogException.class)
        .hasMessageContaining("JAAS");
  }
}
