package io.playlog.producer.importing.formats;

import io.playlog.producer.importing.formats.LastfmCsv.Columns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a file of an export, whichever format it has. */
public final class ExportReader {
  /** What is expected of a file, for messages. */
  public static final String EXPECTED = ExportFormat.EXPECTED;

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
    Head head = Head.of(in);
    try {
      if (isRead(file, head)) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return endsEarly(file);
    }
    // Of what broke off so early nobody knows whether it was a history.
    return head.failure() == null
        ? Optional.of(ExportFormat.otherKind(head.bytes()))
        : endsEarly(file);
  }

  /** Returns false if it has none of the formats. */
  private boolean isRead(String file, Head head) throws IOException {
    Optional<ExportFormat> json = ExportFormat.ofJson(head.text());
    if (json.isPresent()) {
      boolean isArray = head.text().stripLeading().startsWith("[");
      new JsonItems(file, head.all(), isArray, json.get().line(file), plays).read();
      return true;
    }
    // The first artist of a table may be called "[unknown]".
    Optional<Columns> columns = LastfmCsv.columns(new ByteArrayInputStream(head.bytes()));
    if (columns.isPresent()) {
      LastfmCsv.read(file, head.all(), columns.get(), plays);
    }
    return columns.isPresent();
  }

  private Optional<String> endsEarly(String file) {
    Place place = Place.of(file);
    plays.found();
    plays.unreadable(place, "the file is damaged, or cannot be read to its end");
    plays.damaged(place);
    return Optional.empty();
  }
}
