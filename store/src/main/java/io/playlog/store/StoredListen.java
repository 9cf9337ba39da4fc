package io.playlog.store;

import java.time.Instant;

/**
 * What summaries are made of: a row of {@code records}.
 *
 * @param artists the catalogue's, or of an unmatched listen its message's; one or more, joined by
 *     ", "; null if neither names any
 * @param msPlayed how long the song was played, in milliseconds; null if the message does not say
 * @param features null if the listen is unmatched
 */
public record StoredListen(
    Instant eventTime, String songName, String artists, Integer msPlayed, Features features) {
  /** Of a matched listen, in the catalogue's units. */
  public record Features(
      int durationMs, double danceability, double energy, double valence, double tempo) {}

  /**
   * Milliseconds that were listened to, as far as it is known: those really played, else the whole
   * song, else none.
   */
  public int listenedMs() {
    if (msPlayed != null) {
      return msPlayed;
    }
    return features == null ? 0 : features.durationMs();
  }
}
