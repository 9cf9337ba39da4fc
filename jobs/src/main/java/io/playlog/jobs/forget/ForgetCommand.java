package io.playlog.jobs.forget;

import io.playlog.cli.EventTimeOptions;
import io.playlog.cli.ListenerName;
import io.playlog.cli.Program;
import io.playlog.cli.TimeRange;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.names.Names;
import io.playlog.store.Forgotten;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.StreamLease;
import io.playlog.store.StreamProgress;
import io.playlog.store.SubmissionTokens;
import java.io.PrintWriter;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Erases what is stored of a listener. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes the listens and summaries of a listener, and marks the listener, so that no stream, no"
          + " replay and no repair stores again what was sent before. What is sent from now on is"
          + " stored; the token by which players submit it goes, too. Reports of others stay as they are.",
      "Says what is left in Kafka, and until when."
    })
public final class ForgetCommand implements Callable<Integer> {
  /**
   * An earlier version counted to 1024 before form NFC, which may make a text three times as long.
   */
  private static final int LONGEST_NAME = 3 * 1024;

  /** A stream that runs reads the mark with its next batch, or after the one that it is storing. */
  private static final Duration STREAM_TIMEOUT = Duration.ofSeconds(10);

  private static final long POLL_MS = 200;

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--listener",
      required = true,
      paramLabel = "NAME",
      description = "Whom to forget: the name, exactly as it is in the messages.")
  private List<String> listeners;

  @Mixin private EventTimeOptions asked;

  @Option(names = "--dry-run", description = "Only count; delete and mark nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    TimeRange range = asked.range();
    if (listeners.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--listener: found %d names, expected one: run the command for each"
              .formatted(listeners.size()));
    }
    List<ListenerTime> times =
        forms().stream().map(name -> new ListenerTime(name, range.from(), range.to())).toList();
    PlaylogConfig config = program.loadConfig();
    try (JobContext job = JobContext.open("forget", config);
        Topic topic = Topic.ofListens(config.kafka())) {
      topic.permissions().requireRead();
      run(job, topic, times);
    }
    return 0;
  }

  /**
   * The form in which names are stored, which is the parser's too; then those in which an earlier
   * version may have stored it.
   */
  private Set<String> forms() {
    Set<String> forms = new LinkedHashSet<>();
    String listener = listeners.get(0);
    forms.add(checked(Names.toNfc(listener)));
    forms.add(listener);
    forms.add(Normalizer.normalize(listener, Normalizer.Form.NFD));
    return forms;
  }

  private String checked(String name) {
    if (Names.isBlank(name) || name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw new ParameterException(
          spec.commandLine(),
          "--listener: found %s, expected a name of which something can be seen, of %d characters at most"
              .formatted(Names.quote(name), LONGEST_NAME));
    }
    ListenerName.requireUnspoilt(spec, name);
    return name;
  }

  private void run(JobContext job, Topic topic, List<ListenerTime> times)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    // First: a topic that cannot be asked must not be noticed when half is deleted.
    String topicId = topic.id();
    List<String> rest = Rest.lines(job.config().kafka(), topic);
    Map<ListenerTime, StoredRows> found = new LinkedHashMap<>();
    for (ListenerTime time : times) {
      StoredRows rows = StoredRows.find(job.session(), time, job.config().report().readsInFlight());
      // Of the first form, messages may be there that no stream has read.
      if (found.isEmpty() || !rows.isEmpty()) {
        found.put(time, rows);
      }
    }
    if (found.values().stream().allMatch(StoredRows::isEmpty)) {
      out.println("nothing is stored of this listener and time: is the name exactly this?");
    }
    for (Map.Entry<ListenerTime, StoredRows> each : found.entrySet()) {
      print(out, each.getKey(), each.getValue());
      if (!dryRun) {
        erase(out, job, topic, topicId, each.getKey(), each.getValue());
      }
    }
    rest.forEach(out::println);
    out.flush();
  }

  private void print(PrintWriter out, ListenerTime time, StoredRows found) {
    boolean inForm = Normalizer.isNormalized(time.name(), Normalizer.Form.NFC);
    out.printf(
        "listener %s%s, %s%n",
        Names.quote(time.name()), inForm ? "" : " (not in Unicode form NFC)", time);
    out.printf(
        "%s: listens %d in %d hours, summaries %d, entries of listeners_by_hour %d, of listeners %d%s%n",
        dryRun ? "would delete" : "deletes",
        found.listens(),
        found.hours().size(),
        found.summaries(),
        found.entries().size(),
        found.listed() ? 1 : 0,
        found.hasToken() ? ", the token" : "");
    out.flush();
  }

  private static void erase(
      PrintWriter out,
      JobContext job,
      Topic topic,
      String topicId,
      ListenerTime time,
      StoredRows found)
      throws InterruptedException {
    if (found.hasToken()) {
      // First, so that no player sends what comes after the mark.
      new SubmissionTokens(job.session()).revoke(time.name());
    }
    // In this order: what was found was sent before these offsets.
    Mark mark =
        new Mark(
            UUID.randomUUID(),
            topicId,
            time.name(),
            time.from(),
            time.to(),
            topic.writtenOffsets(),
            false,
            false);
    Forgotten forgotten = new Forgotten(job.session(), topic.name());
    forgotten.write(mark);
    NavigableSet<Hour> due = new Erasure(job).eraseFound(mark, found);
    out.printf("deleted; hours made due %s%n", due.isEmpty() ? "0" : due.size() + " " + due);
    out.printf(
        "what topic %s held before the offsets %s is not stored again%n",
        topic.name(), mark.before());
    printStream(out, job, forgotten, mark);
  }

  /**
   * A batch that had begun before may bring listens back, which the stream erases after it. Without
   * a stream, the next one that is started does so first.
   */
  private static void printStream(PrintWriter out, JobContext job, Forgotten forgotten, Mark mark)
      throws InterruptedException {
    StreamProgress progress =
        new StreamProgress(job.session(), job.config().kafka().topic(), mark.topicId());
    StreamLease lease = new StreamLease(job.session(), job.config().kafka().topic());
    Instant end = Instant.now().plus(STREAM_TIMEOUT);
    long lag;
    while ((lag = StreamProgress.lag(mark.before(), progress.nextOffsets())) > 0
        && forgotten.read().stream().noneMatch(each -> each.id().equals(mark.id()) && each.obeyed())
        && lease.read().isPresent()
        && Instant.now().isBefore(end)) {
      Thread.sleep(POLL_MS);
    }
    if (lag > 0) {
      out.printf("of them the stream has not read %d yet; it leaves this listener's out%n", lag);
    }
  }
}
