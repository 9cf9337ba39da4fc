package io.playlog.jobs.pipeline;

import io.playlog.error.ErrorCode;
import java.util.List;
import java.util.Map;

/**
 * A command that secured servers refuse.
 *
 * @param role whose settings it has
 * @param changed of these, as of {@link SecuredServers#client}
 * @param words of the line that it ends with
 */
record Refusal(
    String what,
    String role,
    Map<String, String> changed,
    String command,
    ErrorCode code,
    List<String> words) {
  static final String REPORT = "jobs hourly-summary --hour 2026-01-01T00:00Z";
  static final String REMATCH = "jobs rematch --from 2026-01-01T00:00Z --to 2026-01-02T00:00Z";
  static final String REPLAY = "jobs replay-dead-letters --reason timestamp-in-the-future";

  static Refusal of(
      String what,
      String role,
      Map<String, String> changed,
      String command,
      ErrorCode code,
      String... words) {
    return new Refusal(what, role, changed, command, code, List.of(words));
  }

  /** As the test is called. */
  @Override
  public String toString() {
    return what + ": " + command;
  }
}
