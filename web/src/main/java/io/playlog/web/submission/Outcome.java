package io.playlog.web.submission;

import java.util.Locale;

/** What became of a request to submit listens. */
enum Outcome {
  /** Kafka has all of its listens, or there was none to store. */
  ACCEPTED,
  REFUSED,
  UNAUTHORIZED,
  LIMITED,
  UNAVAILABLE,
  /** By a fault of Playlog's own. */
  FAILED;

  /** As metrics say it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
