package io.playlog.jobs.audit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.time.Instant;

/** What an audit prints. */
final class AuditReport {
  private final PrintWriter out;
  private final String topic;

  AuditReport(PrintWriter out, String topic) {
    this.out = out;
    this.topic = topic;
  }

  void print(Audit audit, AuditResult result, int limit) {
    AuditCounts counts = result.counts();
    out.printf("audit of topic %s, %s%n", topic, audit.time());
    out.printf(
        "in %d = stored %d + repeated %d + dead-lettered %d + missing %d%n",
        counts.in(), counts.stored(), counts.repeated(), counts.deadLettered(), counts.missing());
    out.printf("not yet read %d%n", audit.offsets().notYetRead());
    audit
        .offsets()
        .completeSince()
        .ifPresent(
            since ->
                out.printf(
                    "cannot be audited before %s: older messages have left the topic%n", since));
    result.firstMissing(limit).forEach(entry -> out.println(line(entry)));
    if (counts.missing() > limit) {
      out.printf("and %d more%n", counts.missing() - limit);
    }
    out.flush();
  }

  void print(Repair repair) {
    out.printf(
        "repaired %d: listens %d, dead letters %d%n",
        repair.messages(), repair.stored().listens(), repair.stored().deadLetters());
    if (!repair.hours().isEmpty()) {
      out.printf(
          "hours made due %d: first %s, last %s%n",
          repair.hours().size(), repair.hours().first(), repair.hours().last());
    }
    out.flush();
  }

  /** Texts are quoted: they may hold anything, line ends too. */
  private String line(Entry entry) {
    String coordinates = "%s/%d/%d".formatted(topic, entry.partition(), entry.offset());
    Instant time = Instant.ofEpochMilli(entry.time());
    return entry.isListen()
        ? "missing listen %s: %s, %s, %s"
            .formatted(coordinates, quote(entry.name()), time, quote(entry.song()))
        : "missing dead letter %s: %s, written %s".formatted(coordinates, entry.reason(), time);
  }

  private static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
