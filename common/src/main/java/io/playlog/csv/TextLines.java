package io.playlog.csv;

import java.io.IOException;

/** The lines of a text, one after the other. */
public interface TextLines {
  /** Of a line, in characters; what is longer is cut, and marked. */
  int MAX_LENGTH = 1 << 20;

  /**
   * @return null at the end of the text
   */
  Line next() throws IOException;

  /**
   * A line of the text.
   *
   * @param number from 1
   * @param end what ends it: LF, CR LF or CR; empty at the end of the text
   * @param isCut whether it is longer than {@link #MAX_LENGTH}
   */
  record Line(long number, String text, String end, boolean isCut) {}
}
