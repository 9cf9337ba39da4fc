package io.playlog.jobs.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.cli.Program;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.store.Counts;
import io.playlog.store.Hours;
import io.playlog.store.StreamProgress;
import io.playlog.store.StreamProgress.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How far stream and reports have come. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints as one JSON object how far the stream and the reports have come.")
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Override
  public Integer call() throws JsonProcessingException, InterruptedException {
    Map<String, Object> status = new LinkedHashMap<>();
    try (JobContext job = JobContext.open("status", program.loadConfig())) {
      addStream(status, job);
      addReports(status, job);
    }
    spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(status));
    return 0;
  }

  private static void addStream(Map<String, Object> status, JobContext job) {
    try (Topic topic = Topic.ofListens(job.config().kafka())) {
      // Stored offsets before end offsets, so that no lag is negative.
      Map<Integer, Partition> progress =
          new StreamProgress(job.session(), topic.name(), topic.id()).read();
      Counts totals =
          progress.values().stream().map(Partition::totals).reduce(Counts.NONE, Counts::plus);
      Offsets written = topic.writtenOffsets();
      Offsets end = topic.endOffsets();
      status.put("lag", StreamProgress.lag(end, StreamProgress.nextOffsets(progress)));
      status.put("held_by_transactions", written.aheadOf(end));
      status.put("listens_stored", totals.listens());
      status.put("unmatched", totals.unmatched());
      status.put("dead_letters", totals.deadLetters());
      status.put("dead_letters_by_reason", totals.deadLettersByReason());
      status.put(
          "newest_event",
          totals.listens() == 0 ? null : Instant.ofEpochMilli(totals.newestEvent()).toString());
    }
  }

  private static void addReports(Map<String, Object> status, JobContext job)
      throws InterruptedException {
    NavigableMap<Hour, Hours.State> hours = new Hours(job.session()).read();
    Duration grace = job.config().report().grace();
    Instant now = Instant.now();
    List<Hour> due = Hours.due(hours, hour -> !hour.end().plus(grace).isAfter(now));
    status.put("last_published_hour", Hours.lastPublished(hours).map(Hour::toString).orElse(null));
    status.put(
        "last_report_finished", Hours.lastFinished(hours).map(Instant::toString).orElse(null));
    status.put("hours_due", due.size());
    status.put("oldest_hour_due", due.isEmpty() ? null : due.get(due.size() - 1).toString());
    status.put("newest_hour_due", due.isEmpty() ? null : due.get(0).toString());
  }
}
