package io.playlog.producer.importing.formats;

/** Who takes what a file tells, line by line. What it throws ends the reading. */
public interface Plays {
  /** A line was found, whatever it will turn out to be; called once for each. */
  void found();

  /** The line that was found is this play. */
  void play(Place place, Play play);

  /**
   * The line that was found cannot be used.
   *
   * @param reason says nothing of what stands in it
   */
  void unreadable(Place place, String reason);

  /**
   * The file is damaged: a line is broken, or lines may be missing beyond those that were found.
   */
  void damaged(Place place);
}
