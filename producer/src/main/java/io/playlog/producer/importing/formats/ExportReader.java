package io.playlog.producer.importing.formats;

import io.playlog.producer.importing.formats.LastfmCsv.Columns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a file of an export, whichever format it has. */
public final class ExportReader {
  /** What is expected of a file, for messages. */
  public static final String EXPECTED = ExportFormat.EXPECTED;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Plays plays;

  /**
   * @param plays takes what is read
   */
  public ExportReader(Plays plays) {
    this.plays = plays;
  }

  /**
   * Reads a file to its end, or as far as it goes.
   *
   * @param file its path
   * @param in not closed
   * @return what the file is, if it is none of the formats
   */
  public Optional<String> read(String file, InputStream in) {
    boolean isKnown = false;
    try {
      Head found = Head.of(in);
      byte[] head = found.bytes();
      int mark = startsWithMark(head) ? BYTE_ORDER_MARK.length : 0;
      InputStream all =
          new SequenceInputStream(
              new ByteArrayInputStream(head, mark, head.length - mark), found.rest());
      String text = new String(head, mark, head.length - mark, StandardCharsets.ISO_8859_1);
      char first = text.isBlank() ? ' ' : text.stripLeading().charAt(0);
      if (first == '[' || first == '{') {
        for (ExportFormat format : ExportFormat.values()) {
          if (format.isOf(text)) {
            isKnown = true;
            new JsonItems(file, all, first == '[', format.line(file), plays).read();
            return Optional.empty();
          }
        }
      } else {
        Optional<Columns> columns =
            LastfmCsv.columns(new ByteArrayInputStream(head, mark, head.length - mark));
        if (columns.isPresent()) {
          isKnown = true;
          LastfmCsv.read(file, all, columns.get(), plays);
          return Optional.empty();
        }
      }
      return Optional.of(ExportFormat.otherKind(head, head.length));
    } catch (IOException e) {
      return isKnown ? endsEarly(file) : Optional.of("what cannot be read: " + reason(e));
    }
  }

  private Optional<String> endsEarly(String file) {
    Place place = Place.of(file);
    plays.found();
    plays.unreadable(place, "the file is damaged, or cannot be read to its end");
    plays.damaged(place);
    return Optional.empty();
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static boolean startsWithMark(byte[] head) {
    return head.length >= BYTE_ORDER_MARK.length
        && head[0] == BYTE_ORDER_MARK[0]
        && head[1] == BYTE_ORDER_MARK[1]
        && head[2] == BYTE_ORDER_MARK[2];
  }
}
