package io.playlog.jobs.pipeline;

import io.playlog.config.SecurityFolder;
import io.playlog.error.ErrorCode;
import java.util.Map;
import java.util.stream.Stream;

/** Who is not let in, or does not get that far: logins, certificates and ports. */
final class RefusedLogins {
  private static final String JAAS = "kafka.properties.sasl.jaas.config";
  private static final String KAFKA = "kafka.properties.";
  private static final String CASSANDRA = "cassandra.spark.spark.cassandra.";

  private RefusedLogins() {}

  static Stream<Refusal> logins() {
    return Stream.of(
        Refusal.of(
            "Kafka, wrong password",
            "status",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_status", "wrong")),
            "producer create-topics",
            ErrorCode.KAFKA_LOGIN,
            "does not let us in",
            "invalid credentials"),
        Refusal.of(
            "Kafka, no such user",
            "status",
            Map.of(JAAS, SecurityFolder.scramLogin("nobody", "wrong")),
            "producer create-topics",
            ErrorCode.KAFKA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Kafka, wrong password",
            "stream",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_stream", "wrong")),
            "jobs stream",
            ErrorCode.KAFKA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Cassandra, wrong password",
            "status",
            Map.of(CASSANDRA + "auth.password", "wrong"),
            "jobs status",
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Cassandra, no such user",
            "status",
            Map.of(CASSANDRA + "auth.username", "nobody"),
            "web status",
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Kafka, empty password",
            "status",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_status", "")),
            "jobs stream",
            ErrorCode.BAD_SETTINGS,
            "playlog.kafka.properties.sasl.jaas.config",
            "found no password"),
        Refusal.of(
            "Cassandra, empty password",
            "status",
            Map.of(CASSANDRA + "auth.password", ""),
            "jobs status",
            ErrorCode.BAD_SETTINGS,
            "playlog.cassandra.spark.spark.cassandra.auth.password",
            "found nothing"),
        Refusal.of(
            "Kafka, wrong password",
            "hourly-summary",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_hourly_summary", "wrong")),
            Refusal.REPORT,
            ErrorCode.KAFKA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Cassandra, wrong password",
            "hourly-summary",
            Map.of(CASSANDRA + "auth.password", "wrong"),
            Refusal.REPORT,
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Cassandra, wrong password",
            "admin",
            Map.of(CASSANDRA + "auth.password", "wrong"),
            "jobs schema",
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Cassandra, wrong password",
            "rematch",
            Map.of(CASSANDRA + "auth.password", "wrong"),
            Refusal.REMATCH,
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        Refusal.of(
            "Kafka, wrong password",
            "replay-dead-letters",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_replay_dead_letters", "wrong")),
            Refusal.REPLAY,
            ErrorCode.KAFKA_LOGIN,
            "does not let us in"));
  }

  static Stream<Refusal> certificatesAndPorts() {
    return Stream.of(
        Refusal.of(
            "Kafka, plain text against TLS",
            "status",
            Map.of(KAFKA + "security.protocol", "PLAINTEXT"),
            "producer create-topics",
            ErrorCode.KAFKA_UNREACHABLE,
            "expects TLS"),
        Refusal.of(
            "Kafka, plain text against TLS",
            "stream",
            Map.of(KAFKA + "security.protocol", "SASL_PLAINTEXT"),
            "jobs stream",
            ErrorCode.KAFKA_UNREACHABLE,
            "expects TLS"),
        Refusal.of(
            "Cassandra, plain text against TLS",
            "status",
            Map.of(CASSANDRA + "connection.ssl.enabled", "false"),
            "jobs status",
            ErrorCode.CASSANDRA_UNREACHABLE,
            "Does it expect TLS"),
        Refusal.of(
            "Kafka, no trust store there",
            "stream",
            Map.of(KAFKA + "ssl.truststore.location", "/gone/trust.p12"),
            "jobs stream",
            ErrorCode.BAD_SETTINGS,
            "playlog.kafka.properties.ssl.truststore.location: the store /gone/trust.p12 is not there"),
        Refusal.of(
            "Kafka, wrong password of the trust store",
            "stream",
            Map.of(
                KAFKA + "ssl.truststore.location",
                "SECURITY/kafka.p12",
                KAFKA + "ssl.truststore.password",
                "wrong"),
            "producer create-topics",
            ErrorCode.BAD_SETTINGS,
            "playlog.kafka.properties.ssl.truststore.password",
            "is not opened by this password"),
        Refusal.of(
            "Cassandra, no trust store there",
            "status",
            Map.of(CASSANDRA + "connection.ssl.trustStore.path", "/gone/trust.p12"),
            "jobs status",
            ErrorCode.BAD_SETTINGS,
            "ssl.trustStore.path: the store /gone/trust.p12 is not there"),
        // Of the bundled servers' ports these ask for one: they show each other theirs.
        Refusal.of(
            "Kafka, no certificate of the client's",
            "stream",
            Map.of(
                "kafka.bootstrap-servers",
                "127.0.0.1:KAFKA-CONTROLLER-PORT",
                KAFKA + "security.protocol",
                "SSL"),
            "jobs stream",
            ErrorCode.KAFKA_LOGIN,
            "the server refuses the client's certificate, or asks for one",
            "ssl.keystore.location must name"),
        Refusal.of(
            "Cassandra, no certificate of the client's",
            "status",
            Map.of("cassandra.contact-points", "127.0.0.1:CASSANDRA-STORAGE-PORT"),
            "jobs status",
            ErrorCode.CASSANDRA_UNREACHABLE,
            "the server refuses the client's certificate, or asks for one",
            "keyStore.path must name"));
  }
}
