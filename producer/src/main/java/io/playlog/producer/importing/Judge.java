package io.playlog.producer.importing;

import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenJson;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectReason;
import io.playlog.listen.RejectedException;
import io.playlog.names.Names;
import io.playlog.producer.importing.formats.Medium;
import io.playlog.producer.importing.formats.Play;

/** Decides which plays become messages. */
final class Judge {
  private final String listener;
  private final long minPlayedMillis;
  private final boolean keepsPrivate;
  private final long now;
  private final SeenListens seen = new SeenListens();

  /**
   * What becomes of a play.
   *
   * @param message of a listen that is to be sent, else null
   * @param reason why it cannot be used, else null
   */
  record Verdict(Kind kind, byte[] message, String reason) {
    private static Verdict of(Kind kind) {
      return new Verdict(kind, null, null);
    }

    private static Verdict unreadable(RejectReason reason) {
      return new Verdict(Kind.UNREADABLE, null, reason.code());
    }
  }

  /**
   * @param now milliseconds since the epoch; a message that is sent has a later record timestamp,
   *     so what is not too far in the future now is not either for the stream
   */
  Judge(ImportPlan plan, long now) {
    this.listener = plan.listener();
    this.minPlayedMillis = plan.minPlayed().toMillis();
    this.keepsPrivate = plan.keepsPrivate();
    this.now = now;
  }

  Verdict judge(Play play) {
    if (play.medium() != Medium.MUSIC) {
      return Verdict.of(Kind.of(play.medium()));
    }
    if (play.isPrivate() && !keepsPrivate) {
      return Verdict.of(Kind.PRIVATE);
    }
    if (play.isOneOfAll() && play.details().msPlayed() < minPlayedMillis) {
      return Verdict.of(Kind.SHORT);
    }
    if (play.song() == null) {
      return Verdict.unreadable(RejectReason.SONG_MISSING);
    }
    Details details = known(play.details());
    byte[] message;
    Listen listen;
    try {
      message = ListenJson.toBytes(new Listen(listener, play.song(), play.start(), details));
      // As the stream will see it: what it refuses there is told of here.
      listen = ListenParser.parse(message, now);
    } catch (IllegalArgumentException e) {
      return Verdict.unreadable(RejectReason.NOT_UTF8);
    } catch (RejectedException e) {
      return Verdict.unreadable(e.reason());
    }
    return seen.add(listen, details.source())
        ? new Verdict(Kind.SENT, message, null)
        : Verdict.of(Kind.REPEATED);
  }

  /** All listens that are to be sent. */
  SeenListens listens() {
    return seen;
  }

  /** A text of which nothing can be seen says nothing. */
  private static Details known(Details details) {
    return new Details(
        orNull(details.artist()),
        orNull(details.album()),
        details.msPlayed(),
        orNull(details.source()));
  }

  private static String orNull(String text) {
    return text == null || Names.isBlank(text) ? null : text;
  }
}
