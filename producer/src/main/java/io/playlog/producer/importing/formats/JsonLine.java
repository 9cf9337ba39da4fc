package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Set;

/**
 * An object of a JSON export, taken up field by field. Only the fields that a listen needs are
 * looked at.
 */
interface JsonLine {
  /** Fields whose objects or arrays hold further lines, instead of being part of one. */
  default Set<String> containers() {
    return Set.of();
  }

  /**
   * Whether there are objects in a line. Those of a broken one are not told from lines by where
   * they stand, but by {@link #isOne}.
   */
  default boolean hasObjects() {
    return true;
  }

  /** Forgets the one before. */
  void clear();

  /**
   * Takes up a field. The parser stands on its value, and at the end on that or on its end.
   *
   * @throws IOException of the parser
   */
  void field(String name, JsonParser json) throws IOException;

  /** Whether there was any of the fields by which the format is known. */
  boolean isOne();

  /**
   * What was taken up.
   *
   * @throws UnreadableException if it cannot be used
   */
  Play play() throws UnreadableException;
}
