package io.playlog.producer.importing;

import io.playlog.names.Names;
import io.playlog.producer.importing.SeenListens.Alike;
import io.playlog.producer.importing.formats.ExportReader;
import io.playlog.producer.importing.formats.Place;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** For people. Without a list it shows the first of what they should look at, at the end. */
final class TextReport implements Report {
  private static final int SHOWN = 10;

  private final PrintWriter out;
  private final String minPlayed;
  private final boolean lists;
  private final Examples unreadable = new Examples("unreadable");
  private final Examples notRecognised = new Examples("not recognised");
  private final Examples alike = new Examples("alike");

  /** The first lines of a kind, and how many there are. */
  private static final class Examples {
    private final String kind;
    private final List<String> first = new ArrayList<>();
    private long count;

    private Examples(String kind) {
      this.kind = kind;
    }
  }

  /**
   * @param lists whether each line that is not sent is printed, as soon as it is known
   */
  TextReport(PrintWriter out, String minPlayed, boolean lists) {
    this.out = out;
    this.minPlayed = minPlayed;
    this.lists = lists;
  }

  @Override
  public void line(Kind kind, Place place, String reason) {
    if (kind == Kind.UNREADABLE) {
      add(unreadable, shown(place.toString()) + ": " + reason);
    } else if (lists) {
      out.println(kind.label(minPlayed) + ": " + shown(place.toString()));
    }
  }

  @Override
  public void notRecognised(String file, String found) {
    add(notRecognised, shown(file) + ": found " + shown(found));
  }

  @Override
  public void alike(Alike pair) {
    add(
        alike,
        "%s, %s by %s and %s by %s"
            .formatted(
                Names.quote(pair.song()),
                Instant.ofEpochMilli(pair.first()),
                pair.firstSource(),
                Instant.ofEpochMilli(pair.second()),
                pair.secondSource()));
  }

  private void add(Examples examples, String text) {
    examples.count++;
    if (lists) {
      out.println(examples.kind + ": " + text);
    } else if (examples.first.size() < SHOWN) {
      examples.first.add(text);
    }
  }

  @Override
  public void end(Summary summary) {
    print(notRecognised);
    if (notRecognised.count > 0) {
      out.println("expected " + ExportReader.EXPECTED);
    }
    print(unreadable);
    print(alike);
    if (alike.count > 0) {
      out.printf(
          "alike %d: listens of one song by two exports, within a minute; all are %s, since nobody can tell whether they are one%n",
          alike.count, summary.plan().isDryRun() ? "to be sent" : "sent");
    }
    if (!summary.isComplete()) {
      out.println("ended early: import again, which does no harm");
    }
    out.printf("files %d, not recognised %d%n", summary.files(), notRecognised.count);
    out.println(summary.account().text(summary.plan().isDryRun(), minPlayed));
    out.flush();
  }

  private void print(Examples examples) {
    examples.first.forEach(text -> out.println(examples.kind + ": " + text));
    long more = examples.count - examples.first.size();
    if (!lists && more > 0) {
      out.printf(Locale.ROOT, "%s: %d more, which --list shows%n", examples.kind, more);
    }
  }

  /** What an entry of a zip is called may be anything, also what moves a terminal's cursor. */
  private static String shown(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      if (Character.isISOControl(plain.charAt(i))) {
        plain.setCharAt(i, '?');
      }
    }
    return plain.toString();
  }
}
