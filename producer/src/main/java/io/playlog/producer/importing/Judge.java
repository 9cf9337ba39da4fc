package io.playlog.producer.importing;

import io.playlog.listen.ListenMessage;
import io.playlog.listen.RejectReason;
import io.playlog.listen.RejectedException;
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
    ListenMessage message;
    try {
      // As the stream will see it: what it refuses there is told of here.
      message = ListenMessage.of(listener, play.song(), play.start(), play.details(), now);
    } catch (RejectedException e) {
      return Verdict.unreadable(e.reason());
    }
    return seen.add(message.listen())
        ? new Verdict(Kind.SENT, message.json(), null)
        : Verdict.of(Kind.REPEATED);
  }

  /** All listens that are to be sent. */
  SeenListens listens() {
    return seen;
  }
}
