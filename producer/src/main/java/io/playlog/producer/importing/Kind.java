package io.playlog.producer.importing;

import io.playlog.producer.importing.formats.Medium;
import java.util.Locale;

/** What became of a line. Each line is of one kind, and the first one that applies counts. */
enum Kind {
  /** Acknowledged by Kafka. */
  SENT("sent"),
  /** Was to be sent, and Kafka has not acknowledged it. */
  NOT_SENT("not sent"),
  /** The same listen was in this run before. */
  REPEATED("repeated"),
  /** Its label has the time. */
  SHORT("shorter than %s"),
  PRIVATE("private"),
  PODCASTS("podcasts"),
  AUDIOBOOKS("audiobooks"),
  VIDEOS("videos"),
  UNREADABLE("unreadable");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** Of what is no music. */
  static Kind of(Medium medium) {
    return switch (medium) {
      case PODCAST -> PODCASTS;
      case AUDIOBOOK -> AUDIOBOOKS;
      case VIDEO -> VIDEOS;
      case MUSIC -> throw new IllegalArgumentException("Music may become a listen");
    };
  }

  /**
   * For people.
   *
   * @param minPlayed such as {@code 30 s}
   */
  String label(String minPlayed) {
    return label.formatted(minPlayed);
  }

  /** For programs, such as {@code not_sent}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
