package io.playlog.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the folder schema/, which the jar carries: one statement each, in order. */
final class SchemaFiles {
  /** A jar cannot list a folder of its own; a test compares this with the folder. */
  static final List<String> NAMES =
      List.of(
          "001-keyspace.cql",
          "002-records.cql",
          "003-listeners-by-hour.cql",
          "004-days-touched.cql",
          "005-hours-touched.cql",
          "006-hour-marks.cql",
          "007-stream-progress.cql",
          "008-user-hourly-summary.cql",
          "009-report-runs.cql",
          "010-forgotten.cql",
          "011-skipped-offsets.cql",
          "012-songs-by-hour.cql",
          "013-listeners.cql",
          "014-submission-tokens-by-listener.cql",
          "015-submission-tokens.cql",
          "016-stream-lease.cql");

  private static final Pattern CREATE =
      Pattern.compile("CREATE (?:KEYSPACE|TABLE) IF NOT EXISTS \\$\\{keyspace}(?:\\.(\\w+))? ");

  private SchemaFiles() {}

  /** False for a file that creates what is there. */
  static boolean isNeeded(String name, Optional<KeyspaceMetadata> keyspace) {
    Matcher create = CREATE.matcher(read(name));
    if (keyspace.isEmpty() || !create.find()) {
      return true;
    }
    String table = create.group(1);
    return table != null && keyspace.get().getTable(table).isEmpty();
  }

  /**
   * @param keyspace quoted in the statement where CQL needs it
   */
  static String statement(String name, String keyspace, String replication) {
    return read(name)
        .replace("${keyspace}", CqlIdentifier.fromInternal(keyspace).asCql(true))
        .replace("${replication}", replication);
  }

  /** With the placeholders {@code ${keyspace}} and {@code ${replication}} as they are. */
  static String read(String name) {
    try (InputStream in = SchemaFiles.class.getResourceAsStream("/schema/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks schema/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
