package io.playlog.schema;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.playlog.cassandra.CassandraSession;
import io.playlog.config.CassandraSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.store.TimeToLive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the tables, and checks them at the start of every job. */
public final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final List<TableShape> NEEDED =
      TableShape.ofStatements(SchemaFiles.NAMES.stream().map(SchemaFiles::read).toList());

  private Schema() {}

  /**
   * Applies in order the files whose keyspace or table is not there; what exists stays as it is.
   * Whoever may not create anything can still see by it that nothing is missing.
   */
  public static void apply(CassandraSession session, CassandraSettings settings) {
    Optional<KeyspaceMetadata> keyspace = session.keyspaceMetadata();
    for (String name : SchemaFiles.NAMES) {
      if (SchemaFiles.isNeeded(name, keyspace)) {
        LOG.info("Applying schema/{} to keyspace {}", name, settings.keyspace());
        String cql = SchemaFiles.statement(name, settings.keyspace(), settings.replication());
        session.executeDdl(cql, TIMEOUT);
      }
    }
    check(session);
  }

  /**
   * @throws PlaylogException if a table is missing or differs from what the code needs
   */
  public static void check(CassandraSession session) {
    KeyspaceMetadata keyspace =
        session
            .keyspaceMetadata()
            .orElseThrow(
                () ->
                    new PlaylogException(
                        ErrorCode.SCHEMA_DIFFERS,
                        "Cassandra has no keyspace %s (playlog.cassandra.keyspace): run scripts/create-schema.sh, or set the name of the one that is there."
                            .formatted(session.keyspace())));
    List<String> lacking = new ArrayList<>();
    for (TableShape needed : NEEDED) {
      Optional<TableMetadata> table = keyspace.getTable(needed.name());
      if (table.isPresent()) {
        lacking.addAll(needed.lackingIn(TableShape.of(table.get())));
        Duration timeToLive = session.timeToLive(needed.name());
        if (!timeToLive.isZero() && !TimeToLive.TABLES.contains(needed.name())) {
          lacking.add(
              "%s: found default_time_to_live = %d, expected 0, since its rows must stay"
                  .formatted(needed.name(), timeToLive.toSeconds()));
        }
      } else {
        lacking.add(needed.name() + ": no such table");
      }
    }
    if (!lacking.isEmpty()) {
      throw new PlaylogException(
          ErrorCode.SCHEMA_DIFFERS,
          "Keyspace %s is not as this version needs it: %s. Run scripts/create-schema.sh, which adds what is missing; what differs must be altered by hand."
              .formatted(session.keyspace(), String.join("; ", lacking)));
    }
  }
}
