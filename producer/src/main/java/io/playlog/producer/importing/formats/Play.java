package io.playlog.producer.importing.formats;

import io.playlog.listen.Listen.Details;

/**
 * What a line of an export tells of.
 *
 * @param song null for what is no music, as are all that follow
 * @param start milliseconds since the epoch
 * @param details what else the message will say
 * @param isPrivate whether it was played in a private session
 * @param isOneOfAll whether the export has all that was played, with what was skipped; others have
 *     only what they took for a listen
 */
public record Play(
    Medium medium,
    String song,
    long start,
    Details details,
    boolean isPrivate,
    boolean isOneOfAll) {

  /** What is no music. */
  static Play of(Medium medium) {
    return new Play(medium, null, 0, null, false, false);
  }

  /** Music of an export that only has what it took for a listen. */
  static Play ofListen(String song, long start, Details details) {
    return new Play(Medium.MUSIC, song, start, details, false, false);
  }
}
