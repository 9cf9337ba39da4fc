package io.playlog.store;

import java.time.Instant;

/**
 * What summaries are made of: a row of {@code records}.
 *
 * @param features null if the listen is unmatched
 */
public record StoredListen(Instant eventTime, String songName, Features features) {
  /**
   * Of a matched listen, in the catalogue's units.
   *
   * @param artists one or more, joined by ", "; may be null or empty
   */
  public record Features(
      String artists,
      int durationMs,
      double danceability,
      double energy,
      double valence,
      double tempo) {}
}
