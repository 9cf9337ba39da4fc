package io.playlog.jobs.report;

import com.datastax.oss.driver.api.core.cql.Row;

/**
 * The columns of {@code records} that a summary is made of; {@code features} is null if unmatched.
 */
record StoredListen(String songName, Features features) {
  static final String COLUMNS =
      "song_name, artists, duration_ms, danceability, energy, valence, tempo";

  /** Of a matched listen. */
  record Features(
      String artists,
      int durationMs,
      double danceability,
      double energy,
      double valence,
      double tempo) {}

  static StoredListen of(Row row) {
    // The catalogue refuses a song without its numbers, so this one tells whether all are there.
    if (row.isNull("duration_ms")) {
      return new StoredListen(row.getString("song_name"), null);
    }
    return new StoredListen(
        row.getString("song_name"),
        new Features(
            row.getString("artists"),
            row.getInt("duration_ms"),
            row.getFloat("danceability"),
            row.getFloat("energy"),
            row.getFloat("valence"),
            row.getFloat("tempo")));
  }
}
