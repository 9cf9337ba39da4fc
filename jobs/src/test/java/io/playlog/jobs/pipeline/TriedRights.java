package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.Rights;
import io.playlog.config.Role;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * What each role is let do by secured servers, and what deploy/security/rights says that it may.
 *
 * @param config of an administrator
 */
record TriedRights(PlaylogConfig config) {
  static final Set<String> ALL_PARTS = Set.of();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private CassandraSession session(Role role) {
    return DirectConnection.open(config.as(role).cassandra(), TIMEOUT);
  }

  /** Such as {@code SELECT records}: tried, one by one. */
  Set<String> permissions(Role role) {
    Set<String> found = new TreeSet<>();
    try (CassandraSession session = session(role)) {
      Map<?, TableMetadata> tables = session.keyspaceMetadata().orElseThrow().getTables();
      for (TableMetadata table : tables.values()) {
        String name = table.getName().asInternal();
        String from = "FROM %s.%s".formatted(config.cassandra().keyspace(), name);
        if (isLetIn(session, "SELECT * " + from + " LIMIT 1")) {
          found.add("SELECT " + name);
        }
        String key =
            table.getPartitionKey().stream()
                .map(column -> column.getName().asCql(true) + " = " + value(column))
                .collect(Collectors.joining(" AND "));
        if (isLetIn(session, "DELETE " + from + " WHERE " + key)) {
          found.add("MODIFY " + name);
        }
      }
    }
    return found;
  }

  /** Of a partition that is not there. */
  private static String value(ColumnMetadata column) {
    if (column.getType().equals(DataTypes.TEXT)) {
      return "'nobody'";
    }
    if (column.getType().equals(DataTypes.BLOB)) {
      return "0x00";
    }
    return column.getType().equals(DataTypes.DATE) ? "'1970-01-01'" : "0";
  }

  private static boolean isLetIn(CassandraSession session, String cql) {
    try {
      session.execute(SimpleStatement.newInstance(cql));
      return true;
    } catch (PlaylogException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.CASSANDRA_PERMISSION);
      return false;
    }
  }

  Set<String> granted(Role role, Set<String> without) {
    Set<String> granted = new TreeSet<>();
    for (String grant : Rights.grants(role, without)) {
      String[] words = grant.split(" ");
      if (words[2].equals("TO")) {
        granted.addAll(granted(Role.FORGET, without));
      } else if (words[3].equals("KEYSPACE")) {
        tables().forEach(table -> granted.add(words[1] + " " + table));
      } else if (words[4].startsWith("${keyspace}.")) {
        granted.add(words[1] + " " + words[4].substring("${keyspace}.".length()));
      }
    }
    return granted;
  }

  private Collection<String> tables() {
    try (CassandraSession session = session(Role.ADMIN)) {
      return session.keyspaceMetadata().orElseThrow().getTables().keySet().stream()
          .map(name -> name.asInternal())
          .toList();
    }
  }

  /** As the broker tells whoever asks it. */
  Set<AclOperation> operations(Role role, Rights.On on) throws Exception {
    String topic =
        on == Rights.On.TOPIC ? config.kafka().topic() : config.kafka().deadLetterTopic();
    try (Admin admin = KafkaClients.admin(config.as(role).kafka(), TIMEOUT)) {
      return new TreeSet<>(
          admin
              .describeTopics(
                  List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .allTopicNames()
              .get()
              .get(topic)
              .authorizedOperations());
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
      return Set.of();
    }
  }

  /** Who may read or write may describe, by Kafka's own rules. */
  static Set<AclOperation> allowed(Role role, Rights.On on) {
    Set<AclOperation> allowed = new TreeSet<>();
    for (Rights.Acl acl : Rights.acls(ALL_PARTS)) {
      if (acl.role() == role && acl.on() == on) {
        for (String operation : acl.operations()) {
          allowed.add(AclOperation.fromString(operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_")));
        }
      }
    }
    if (allowed.contains(AclOperation.READ) || allowed.contains(AclOperation.WRITE)) {
      allowed.add(AclOperation.DESCRIBE);
    }
    return allowed;
  }
}
