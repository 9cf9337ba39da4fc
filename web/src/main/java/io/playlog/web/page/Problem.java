package io.playlog.web.page;

import io.playlog.web.sample.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
}
