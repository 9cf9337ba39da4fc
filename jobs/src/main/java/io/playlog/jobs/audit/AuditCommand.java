package io.playlog.jobs.audit;

import io.playlog.cli.HourConverter;
import io.playlog.cli.InstantConverter;
import io.playlog.cli.Program;
import io.playlog.cli.TimeRange;
import io.playlog.config.Role;
import io.playlog.error.ExitCode;
import io.playlog.jobs.audit.Findings.Counts;
import io.playlog.jobs.audit.Repair.Repaired;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.OffsetRange;
import io.playlog.listen.Hour;
import io.playlog.names.Names;
import io.playlog.store.Grants;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares the topic with what is stored. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that every message that the stream has read is stored, prints",
      "  in = stored + repeated + dead-lettered + forgotten + skipped + missing + expired",
      "(forgotten if somebody is, skipped if skip-unreadable was run, expired if a table has a TTL)",
      "and lists what is missing. Can be run at any time; changes nothing without --repair."
    })
public final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @ArgGroup(multiplicity = "1")
  private Time time;

  @Option(
      names = "--repair",
      description = "Store what is missing, and make the hours of these listens due.")
  private boolean repair;

  @Option(
      names = "--list",
      paramLabel = "N",
      defaultValue = "100",
      description = "List at most this many missing messages (default: ${DEFAULT-VALUE}).")
  private int limit;

  /** Either an hour of event time, or a range of record timestamps. */
  private static final class Time {
    @Option(
        names = "--hour",
        required = true,
        paramLabel = "HOUR",
        converter = HourConverter.class,
        description = "Audit the listens of this hour (event time), such as 2026-11-22T13:00Z.")
    private Hour hour;

    @ArgGroup(exclusive = false)
    private Range range;
  }

  private static final class Range {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "TIME",
        converter = InstantConverter.class,
        description = "Audit the messages with this record timestamp or a later one.")
    private Instant from;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "TIME",
        converter = InstantConverter.class,
        description = "... and before this one.")
    private Instant to;
  }

  @Override
  public Integer call() throws InterruptedException {
    AuditRange.Time asked = asked();
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--list: found %d, expected 0 or more".formatted(limit));
    }
    try (JobContext job = JobContext.open("audit", program.loadConfig())) {
      if (repair) {
        Grants.of(Role.AUDIT, "repair").require(job.session());
      }
      return run(job, Audit.begin(job, asked)).code();
    }
  }

  private AuditRange.Time asked() {
    if (time.range == null) {
      return AuditRange.Time.ofHour(time.hour);
    }
    TimeRange range = TimeRange.check(spec, time.range.from, time.range.to);
    return AuditRange.Time.ofRecordTimestamps(range.from(), range.to());
  }

  private ExitCode run(JobContext job, Audit audit) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String topic = job.config().kafka().topic();
    Counts counts = audit.run();
    print(out, topic, audit, counts);
    long missing = counts.missing();
    if (repair && missing > 0) {
      Repaired repaired = new Repair(job).run(audit, missing);
      print(out, repaired);
      missing -= repaired.messages();
    }
    out.flush();
    if (missing != 0) {
      return ExitCode.MISSING;
    }
    if (audit.range().lag() != 0) {
      return ExitCode.NOT_CAUGHT_UP;
    }
    return audit.range().completeSince().isPresent() ? ExitCode.NOT_AUDITABLE : ExitCode.OK;
  }

  private void print(PrintWriter out, String topic, Audit audit, Counts counts) {
    out.printf("audit of topic %s, %s%n", topic, audit.time());
    // Nobody knows the hours of what cannot be read.
    long skipped = audit.time().hour().isPresent() ? 0 : size(audit.skipped());
    out.printf(
        "in %d = stored %d + repeated %d + dead-lettered %d%s%s + missing %d%s%n",
        counts.in() + skipped,
        counts.stored(),
        counts.repeated(),
        counts.deadLettered(),
        counts.forgotten() == 0 ? "" : " + forgotten " + counts.forgotten(),
        skipped == 0 ? "" : " + skipped " + skipped,
        counts.missing(),
        audit.expiry().canTell() ? " + expired " + counts.expired() : "");
    audit.expiry().note(topic).ifPresent(out::println);
    out.printf("lag %d%n", audit.range().lag());
    if (audit.range().lag() != 0) {
      out.println("not all was read yet: run this again when the stream has caught up");
    }
    audit
        .range()
        .completeSince()
        .ifPresent(
            since ->
                out.printf(
                    "cannot be audited before %s: older messages have left the topic%n", since));
    audit
        .skipped()
        .forEach(
            (partition, ranges) ->
                ranges.forEach(range -> out.println(line(topic, partition, range))));
    if (counts.missing() > 0) {
      audit.firstMissing(limit).forEach(entry -> out.println(line(topic, entry)));
    }
    if (counts.missing() > limit) {
      out.printf("and %d more%n", counts.missing() - limit);
    }
  }

  private static long size(Map<Integer, List<OffsetRange>> skipped) {
    return skipped.values().stream().flatMap(List::stream).mapToLong(OffsetRange::size).sum();
  }

  private static String line(String topic, int partition, OffsetRange skipped) {
    return "skipped %s/%d/%d to %d: cannot be read, so that their hours are not known"
        .formatted(topic, partition, skipped.start(), skipped.end() - 1);
  }

  private static void print(PrintWriter out, Repaired repaired) {
    out.printf(
        "repaired %d: listens %d, dead letters %d%n",
        repaired.messages(), repaired.stored().listens(), repaired.stored().deadLetters());
    if (!repaired.hours().isEmpty()) {
      out.printf(
          "hours made due %d: first %s, last %s%n",
          repaired.hours().size(), repaired.hours().first(), repaired.hours().last());
    }
  }

  private static String line(String topic, Entry entry) {
    String coordinates = topic + "/" + entry.partition() + "/" + entry.offset();
    Instant time = Instant.ofEpochMilli(entry.time());
    return entry.isListen()
        ? "missing listen %s: %s, %s, %s"
            .formatted(coordinates, Names.quote(entry.name()), time, Names.quote(entry.song()))
        : "missing dead letter %s: %s, written %s".formatted(coordinates, entry.reason(), time);
  }
}
