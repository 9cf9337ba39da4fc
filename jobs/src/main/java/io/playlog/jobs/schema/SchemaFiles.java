package io.playlog.jobs.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of the folder schema/, which the jar carries: one statement each, in order. */
final class SchemaFiles {
  static final List<String> NAMES =
      List.of(
          "001-keyspace.cql",
          "002-records.cql",
          "003-listeners-by-hour.cql",
          "004-hours-touched.cql",
          "005-stream-progress.cql",
          "006-user-hourly-summary.cql",
          "007-report-runs.cql",
          "008-stream-progress-late.cql");

  private SchemaFiles() {}

  static String statement(String name, String keyspace, String replication) {
    return read("/schema/" + name)
        .replace("${keyspace}", keyspace)
        .replace("${replication}", replication);
  }

  private static String read(String resource) {
    try (InputStream in = SchemaFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
