package io.playlog.jobs.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.report.DueHours;
import io.playlog.jobs.report.Gate;
import io.playlog.jobs.report.ReportRuns;
import io.playlog.jobs.schema.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How far stream and reports have come. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints as one JSON object how far the stream and the reports have come.")
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() throws JsonProcessingException {
    PlaylogConfig config = configOption.load();
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    Map<String, Object> status = new LinkedHashMap<>();
    try (CassandraSession session = Cassandra.of(conf, config).open();
        SourceTopic topic = new SourceTopic(config.kafka())) {
      Schema.check(session);
      addStream(status, config, session, topic);
      addReports(status, config, session);
    }
    spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(status));
    return 0;
  }

  private static void addStream(
      Map<String, Object> status,
      PlaylogConfig config,
      CassandraSession session,
      SourceTopic topic) {
    Map<Integer, PartitionProgress> progress =
        new StreamProgress(session, config.kafka().topic(), topic.id()).read();
    Counts totals =
        progress.values().stream().map(PartitionProgress::totals).reduce(Counts.NONE, Counts::plus);
    status.put("messages_not_stored", Gate.missing(topic.endOffsets(), progress));
    status.put("listens_stored", totals.listens());
    status.put("unmatched", totals.unmatched());
    status.put("late", totals.late());
    status.put("dead_letters", totals.deadLetters());
    status.put(
        "newest_event",
        totals.listens() == 0 ? null : Instant.ofEpochMilli(totals.newestEvent()).toString());
  }

  private static void addReports(
      Map<String, Object> status, PlaylogConfig config, CassandraSession session) {
    DueHours hours =
        new DueHours(new HoursTouched(session), new ReportRuns(session), config.report());
    Instant now = Instant.now();
    status.put("last_published_hour", hours.lastPublished(now).map(Instant::toString).orElse(null));
    status.put("hours_due", texts(hours.find(now)));
    status.put("hours_missed", texts(hours.missed(now)));
  }

  private static List<String> texts(List<Instant> hours) {
    return hours.stream().map(Instant::toString).toList();
  }
}
