package io.playlog.jobs.pipeline;

import io.playlog.error.ErrorCode;
import java.util.Map;
import java.util.stream.Stream;

/** Who is let in, and may not do what a command needs. */
final class RefusedRights {
  private RefusedRights() {}

  static Stream<Refusal> permissions() {
    return Stream.of(
        Refusal.of(
            "no Write on the topic",
            "audit",
            Map.of(),
            "producer --count 5",
            ErrorCode.KAFKA_PERMISSION,
            "refuses Write on the topic spotify"),
        Refusal.of(
            "no DescribeConfigs on the topic",
            "status",
            Map.of(),
            "producer --count 5",
            ErrorCode.KAFKA_PERMISSION,
            "refuses DescribeConfigs on the topic spotify"),
        Refusal.of(
            "no Read on the topic",
            "producer",
            Map.of(),
            "jobs stream",
            ErrorCode.KAFKA_PERMISSION,
            "refuses Read on the topic spotify"),
        Refusal.of(
            "no Read on the group",
            "stream",
            Map.of("stream.consumer-group", "another"),
            "jobs stream",
            ErrorCode.KAFKA_PERMISSION,
            "refuses Read on the group another"),
        Refusal.of(
            "no Create on a topic",
            "stream",
            Map.of("kafka.topic", "another"),
            "producer create-topics",
            ErrorCode.KAFKA_PERMISSION,
            "on the topic another"),
        Refusal.of(
            "no right on the dead letters",
            "stream",
            Map.of("kafka.dead-letter-topic", "another"),
            "jobs stream",
            ErrorCode.KAFKA_PERMISSION,
            "on the topic another"),
        Refusal.of(
            "no SELECT on a table",
            "export",
            Map.of(),
            "jobs status",
            ErrorCode.CASSANDRA_PERMISSION,
            "has no SELECT permission on <table spotify.",
            "GRANT SELECT ON TABLE spotify."),
        Refusal.of(
            "no MODIFY on a table",
            "audit",
            Map.of(),
            "jobs skip-unreadable --partition 0 --offset 0",
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT MODIFY ON TABLE spotify.skipped_offsets TO playlog_audit"),
        Refusal.of(
            "no CREATE",
            "status",
            Map.of("cassandra.keyspace", "another"),
            "jobs schema",
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT CREATE ON ALL KEYSPACES TO playlog_status"),
        Refusal.of(
            "no MODIFY on a table",
            "query",
            Map.of(),
            Refusal.REPORT,
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT MODIFY ON TABLE spotify.",
            "TO playlog_query"),
        Refusal.of(
            "no Describe on the topic",
            "hourly-summary",
            Map.of("kafka.topic", "another"),
            Refusal.REPORT,
            ErrorCode.KAFKA_PERMISSION,
            "refuses Describe on the topic another"),
        Refusal.of(
            "no MODIFY on a table",
            "query",
            Map.of(),
            Refusal.REMATCH,
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT MODIFY ON TABLE spotify.",
            "TO playlog_query"),
        Refusal.of(
            "no Read on the dead letters",
            "hourly-summary",
            Map.of(),
            Refusal.REPLAY,
            ErrorCode.KAFKA_PERMISSION,
            "refuses Read on the topic spotify.dead-letters"),
        Refusal.of(
            "no Write on the topic",
            "audit",
            Map.of(),
            Refusal.REPLAY,
            ErrorCode.KAFKA_PERMISSION,
            "refuses Write on the topic spotify"));
  }
}
