package io.playlog.web.page;

import io.playlog.store.Status;
import io.playlog.web.sample.LagHistory;
import io.playlog.web.sample.Snapshot;
import io.playlog.web.sample.Snapshot.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that an operator should look at.
 *
 * @param cure what to do
 */
public record Problem(String words, String cure) {
  private static final double MUCH_OF_RETENTION = 0.5;
  private static final Duration OVERDUE = Duration.ofHours(1);

  /** The worst first. */
  public static List<Problem> of(Snapshot snapshot) {
    List<Problem> problems = new ArrayList<>();
    snapshot
        .problems()
        .forEach(
            words ->
                problems.add(
                    new Problem(words, "The runbook, docs/operations.md, explains the id.")));
    snapshot.stream().flatMap(Problem::ofLag).ifPresent(problems::add);
    snapshot.stream()
        .ifPresent(
            stream ->
                stream
                    .retention()
                    .filter(
                        retention ->
                            stream.lagSeconds().orElse(0)
                                > MUCH_OF_RETENTION * retention.toSeconds())
                    .ifPresent(
                        retention ->
                            problems.add(
                                new Problem(
                                    "The oldest message that is not stored is %s old; Kafka deletes it after %s."
                                        .formatted(
                                            Format.duration(stream.lagSeconds().getAsDouble()),
                                            Format.duration(retention.toSeconds())),
                                    "Start the stream (scripts/submit-stream.sh), or raise the topic's retention.ms until it has caught up."))));
    snapshot
        .reports()
        .filter(reports -> !reports.due().isEmpty())
        .ifPresent(
            reports -> {
              var oldest = reports.due().get(reports.due().size() - 1);
              if (oldest.end().plus(OVERDUE).isBefore(Instant.now())) {
                problems.add(
                    new Problem(
                        "%s hours need a report, the oldest since %s UTC."
                            .formatted(
                                Format.count(reports.due().size()), Format.minute(oldest.end())),
                        "scripts/run-hourly-report.sh sums them up now; if Airflow or cron should have, look at their log."));
              }
            });
    return problems;
  }

  /** A backlog that gets smaller is none. */
  private static Optional<Problem> ofLag(Stream stream) {
    double age = stream.lagSeconds().orElse(0);
    Duration silent = Duration.between(stream.lastStored().orElse(Instant.EPOCH), stream.at());
    if (age > Status.OVERDUE.toSeconds() && silent.compareTo(Status.OVERDUE) > 0) {
      return Optional.of(
          new Problem(
              "%s messages are not stored, the oldest came %s ago, and the stream has stored nothing since %s."
                  .formatted(
                      Format.count(stream.lag()),
                      Format.duration(age),
                      stream
                          .lastStored()
                          .map(last -> Format.second(last) + " UTC")
                          .orElse("it was first started")),
              "Does it run (scripts/status.sh)? The end of its log says why it ended, or waits."));
    }
    if (age > LagHistory.SPAN.toSeconds()
        && stream.lagBefore().isPresent()
        && stream.lag() >= stream.lagBefore().getAsLong()) {
      return Optional.of(
          new Problem(
              "The stream falls behind: %s messages are not stored, as many as %s ago or more, and the oldest came %s ago."
                  .formatted(
                      Format.count(stream.lag()),
                      Format.duration(LagHistory.SPAN.toSeconds()),
                      Format.duration(age)),
              "More comes than it can store: give it processors, or Cassandra."));
    }
    return Optional.empty();
  }
}
