package io.playlog.jobs.forget;

import io.playlog.cassandra.CassandraSession;
import io.playlog.config.KafkaSettings;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.store.Forgotten;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.HourMarks;
import io.playlog.store.Listeners;
import io.playlog.store.ListenersByHour;
import io.playlog.store.Records;
import io.playlog.store.Records.Written;
import io.playlog.store.SkippedOffsets;
import io.playlog.store.Summaries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Deletes what is stored of a listener and was sent before a mark, and nothing else: what was sent
 * later stays, whatever clocks say. Can be repeated, also by several at a time.
 */
final class Erasure {
  private static final String COMMAND = "forget";

  /** Bounds memory. */
  private static final int ROWS_AT_A_TIME = 1_000;

  private final CassandraSession session;
  private final KafkaSettings kafka;
  private final int inFlight;
  private final Records records;
  private final Summaries summaries;
  private final ListenersByHour listenersByHour;
  private final Listeners listeners;
  private final Forgotten forgotten;

  Erasure(JobContext job) {
    this.session = job.session();
    this.kafka = job.config().kafka();
    this.inFlight = job.config().report().readsInFlight();
    this.records = new Records(session);
    this.summaries = new Summaries(session);
    this.listenersByHour = new ListenersByHour(session);
    this.listeners = new Listeners(session);
    this.forgotten = new Forgotten(session, kafka.topic());
  }

  /**
   * Deletes what was found before the mark's offsets were asked for: with one tombstone for all
   * listens and one for all summaries of whole hours, as of when the newest of them was written, so
   * that they hide nothing that comes later. What is left is deleted row by row.
   *
   * @return hours that were made due: their summaries held more than what is erased
   */
  NavigableSet<Hour> eraseFound(Mark mark, StoredRows found) throws InterruptedException {
    ListenerTime time = ListenerTime.of(mark);
    if (found.newestListen() > Long.MIN_VALUE) {
      records.delete(time.name(), time.start(), time.end(), found.newestListen());
    }
    boolean wholeHours = time.firstWholeHour().compareTo(time.endOfWholeHours()) < 0;
    if (wholeHours && found.newestSummary() > Long.MIN_VALUE) {
      summaries.delete(
          time.name(),
          time.firstWholeHour().start(),
          time.endOfWholeHours().start(),
          found.newestSummary());
    }
    return erase(mark, found.hours(), Topic::endOffsets);
  }

  /**
   * Deletes what is there, after others have deleted what they had found.
   *
   * @param storedAtMost before which all messages lie whose rows may be there; asked for after rows
   *     were read
   */
  void erase(Mark mark, Function<Topic, Offsets> storedAtMost) throws InterruptedException {
    erase(mark, ListenerTime.of(mark).cutHours(), storedAtMost);
  }

  private NavigableSet<Hour> erase(
      Mark mark, Set<Hour> erasedBefore, Function<Topic, Offsets> storedAtMost)
      throws InterruptedException {
    ListenerTime time = ListenerTime.of(mark);
    Deletion deletion = new Deletion(inFlight);
    Set<Hour> erased = new TreeSet<>(erasedBefore);
    NavigableSet<Hour> due;
    try (Topic topic = Topic.ofListens(kafka);
        NewListens stay =
            new NewListens(
                kafka,
                topic,
                new SkippedOffsets(session, topic.name(), topic.id()).read(),
                mark,
                forgotten.read())) {
      List<Written> rows = new ArrayList<>();
      for (Written row : records.readWritten(time.name(), time.start(), time.end())) {
        rows.add(row);
        if (rows.size() == ROWS_AT_A_TIME) {
          stay.readTo(storedAtMost.apply(topic));
          erased.addAll(eraseListens(time, rows, stay, deletion));
          rows.clear();
        }
      }
      stay.readTo(storedAtMost.apply(topic));
      erased.addAll(eraseListens(time, rows, stay, deletion));
      due = eraseSummaries(time, erased, deletion, new HourMarks(session, COMMAND, mark.id()));
      eraseEntries(time, erased, deletion);
      boolean unlisted = unlist(time.name(), deletion);
      // A listen that came meanwhile may have found its entries there, which are deleted by now.
      stay.readTo(storedAtMost.apply(topic));
      for (Hour hour : stay.hours()) {
        listenersByHour.add(hour, time.name(), deletion.timestampAbove());
      }
      if (!stay.hours().isEmpty() || unlisted && StoredRows.isAnythingLeft(session, time.name())) {
        listeners.add(time.name(), deletion.timestampAbove());
      }
    }
    forgotten.setErased(mark);
    return due;
  }

  /** Of the rows, those that do not stay; returns their hours. */
  private Set<Hour> eraseListens(
      ListenerTime time, List<Written> rows, NewListens stay, Deletion deletion)
      throws InterruptedException {
    List<Written> old = rows.stream().filter(row -> !stay.contain(row)).toList();
    deletion.delete(
        old,
        (row, timestamp) -> records.delete(time.name(), row, timestamp),
        left -> stillThere(time.name(), left));
    Set<Hour> hours = new TreeSet<>();
    old.forEach(row -> hours.add(Hour.of(row.eventTime())));
    return hours;
  }

  private Collection<Written> stillThere(String name, Collection<Written> rows) {
    Instant first = rows.stream().map(Written::eventTime).min(Instant::compareTo).orElseThrow();
    Instant last = rows.stream().map(Written::eventTime).max(Instant::compareTo).orElseThrow();
    Set<List<Object>> there = new HashSet<>();
    records
        .readWritten(name, first, last.plusMillis(1))
        .forEach(row -> there.add(List.of(row.eventTime(), row.songName())));
    return rows.stream()
        .filter(row -> there.contains(List.<Object>of(row.eventTime(), row.songName())))
        .toList();
  }

  /**
   * Each as of when it was written, so that it hides no later report's. Where listens are left,
   * which is in an hour that the time cuts, or in which somebody listened again, the summary held
   * more, and the hour is made due.
   *
   * @param erased hours of the listens that are erased
   */
  private NavigableSet<Hour> eraseSummaries(
      ListenerTime time, Set<Hour> erased, Deletion deletion, HourMarks marks)
      throws InterruptedException {
    List<Summaries.Written> rows = new ArrayList<>();
    for (Summaries.Written row : readSummaries(time)) {
      if (time.holds(row.hour()) || erased.contains(row.hour())) {
        rows.add(row);
      }
    }
    NavigableSet<Hour> due =
        StoredRows.withListens(
            session, time.name(), rows.stream().map(Summaries.Written::hour).toList(), inFlight);
    due.forEach(marks::begin);
    // Half a row, which no report has written, has no write time to be asked for.
    deletion.delete(
        rows,
        (row, timestamp) ->
            summaries.delete(
                time.name(), row.hour(), row.writeTime() == null ? timestamp : row.writeTime()),
        left -> {
          Set<Hour> there = new HashSet<>();
          readSummaries(time).forEach(row -> there.add(row.hour()));
          return left.stream()
              .filter(row -> row.writeTime() == null && there.contains(row.hour()))
              .toList();
        });
    due.forEach(marks::end);
    return due;
  }

  private Iterable<Summaries.Written> readSummaries(ListenerTime time) {
    return summaries.readWritten(time.name(), time.firstHour().start(), time.endHour().start());
  }

  /** Of hours in which no listen of the listener is left. */
  private void eraseEntries(ListenerTime time, Set<Hour> erased, Deletion deletion)
      throws InterruptedException {
    NavigableSet<Hour> entries = StoredRows.entries(session, time, erased, inFlight);
    entries.removeAll(StoredRows.withListens(session, time.name(), entries, inFlight));
    deletion.delete(
        entries,
        (hour, timestamp) -> listenersByHour.delete(hour, time.name(), timestamp),
        left -> StoredRows.contained(session, time.name(), left, inFlight));
  }

  /**
   * Deletes the listener's row of {@code listeners} if no listen and no summary is left; returns
   * whether it was there.
   */
  private boolean unlist(String name, Deletion deletion) throws InterruptedException {
    if (!listeners.contains(name) || StoredRows.isAnythingLeft(session, name)) {
      return false;
    }
    deletion.delete(
        List.of(name),
        listeners::delete,
        left -> left.stream().filter(listeners::contains).toList());
    return true;
  }
}
