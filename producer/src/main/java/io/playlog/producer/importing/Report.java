package io.playlog.producer.importing;

import io.playlog.producer.importing.SeenListens.Alike;
import io.playlog.producer.importing.formats.Place;
import java.util.List;

/**
 * What is printed of an import. Of a line that was not sent only its place is told, and the reason
 * if it cannot be used.
 */
interface Report {
  /**
   * A line was not sent; told as soon as it is known.
   *
   * @param reason why it cannot be used; null for the other kinds
   */
  void line(Kind kind, Place place, String reason);

  /** A file of none of the formats. */
  void notRecognised(String file, String found);

  /** After all lines. */
  void alike(Alike alike);

  /** Last of all. */
  void end(Summary summary);

  /**
   * What has come of it.
   *
   * @param files how many were recognised
   * @param damaged those of them that hold more than could be read
   * @param isComplete whether all files were read, and Kafka has all that was to be sent
   */
  record Summary(
      ImportPlan plan, Account account, long files, List<String> damaged, boolean isComplete) {}
}
