package io.playlog.jobs.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
          "009-report-runs.cql");

  private SchemaFiles() {}

  static String statement(String name, String keyspace, String replication) {
    return read(name).replace("${keyspace}", keyspace).replace("${replication}", replication);
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
