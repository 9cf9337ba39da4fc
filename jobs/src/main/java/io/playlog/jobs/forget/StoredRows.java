package io.playlog.jobs.forget;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.listen.Hour;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.Hours;
import io.playlog.store.Listeners;
import io.playlog.store.ListenersByHour;
import io.playlog.store.Records;
import io.playlog.store.Records.Written;
import io.playlog.store.SubmissionTokens;
import io.playlog.store.Summaries;
import io.playlog.store.WriteTimestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is stored of a listener's time, as it was found; of ten years too, since of each row only
 * its hour is kept.
 *
 * @param hours of the listens
 * @param newestListen write timestamp of the newest listen that has one, but not above this
 *     machine's clock; {@link Long#MIN_VALUE} if none has
 * @param newestSummary the same of summaries
 * @param entries hours in which the listener stands in {@code listeners_by_hour}, and will not any
 *     more
 * @param listed whether the listener stands in {@code listeners}, and will not any more
 */
record StoredRows(
    long listens,
    NavigableSet<Hour> hours,
    long newestListen,
    int summaries,
    long newestSummary,
    NavigableSet<Hour> entries,
    boolean listed,
    boolean hasToken) {

  boolean isEmpty() {
    return listens == 0 && summaries == 0 && entries.isEmpty() && !listed && !hasToken;
  }

  static StoredRows find(CassandraSession session, ListenerTime time, int readsInFlight)
      throws InterruptedException {
    long now = WriteTimestamps.ofClock(Instant.now());
    long listens = 0;
    long newestListen = Long.MIN_VALUE;
    NavigableSet<Hour> hours = new TreeSet<>();
    for (Written row : new Records(session).readWritten(time.name(), time.start(), time.end())) {
      listens++;
      newestListen = newer(newestListen, row.writeTime());
      hours.add(Hour.of(row.eventTime()));
    }
    int summaries = 0;
    long newestSummary = Long.MIN_VALUE;
    for (Summaries.Written row :
        new Summaries(session)
            .readWritten(time.name(), time.firstHour().start(), time.endHour().start())) {
      if (time.holds(row.hour()) || hours.contains(row.hour())) {
        summaries++;
      }
      newestSummary = newer(newestSummary, row.writeTime());
    }
    return new StoredRows(
        listens,
        hours,
        Math.min(newestListen, now),
        summaries,
        Math.min(newestSummary, now),
        entriesThatGo(session, time, hours, readsInFlight),
        new Listeners(session).contains(time.name()) && !isAnythingElse(session, time, hours),
        time.isAll() && new SubmissionTokens(session).isNamed(time.name()));
  }

  /**
   * Whether the listener has listens or summaries besides those of a time.
   *
   * @param hours of the listens of the time, whose summaries do not count
   */
  private static boolean isAnythingElse(
      CassandraSession session, ListenerTime time, Set<Hour> hours) {
    Records records = new Records(session);
    Summaries summaries = new Summaries(session);
    for (ListenerTime other : time.others()) {
      if (records.readWritten(time.name(), other.start(), other.end()).iterator().hasNext()) {
        return true;
      }
      for (Summaries.Written row :
          summaries.readWritten(time.name(), other.firstHour().start(), other.endHour().start())) {
        if (!hours.contains(row.hour())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a listener has listens or summaries of any time. */
  static boolean isAnythingLeft(CassandraSession session, String name) {
    ListenerTime all = new ListenerTime(name, null, null);
    return new Records(session).readWritten(name, all.start(), all.end()).iterator().hasNext()
        || new Summaries(session).readWritten(name, all.start(), all.end()).iterator().hasNext();
  }

  /** Without those of the hours that the time cuts in which the listener has other listens. */
  private static NavigableSet<Hour> entriesThatGo(
      CassandraSession session, ListenerTime time, Set<Hour> hours, int readsInFlight)
      throws InterruptedException {
    NavigableSet<Hour> entries = entries(session, time, hours, readsInFlight);
    Records records = new Records(session);
    InFlight inFlight = new InFlight(readsInFlight);
    for (Hour hour : time.cutHours()) {
      inFlight.start(
          1,
          () ->
              records.forEachKey(
                  time.name(),
                  hour.start(),
                  hour.end(),
                  (instant, song) -> {
                    if (!time.holds(instant)) {
                      entries.remove(hour);
                    }
                  }));
    }
    inFlight.await();
    return entries;
  }

  private static long newer(long newest, Long writeTime) {
    return writeTime == null ? newest : Math.max(newest, writeTime);
  }

  /**
   * In which hours a listener stands in {@code listeners_by_hour}, also where no listen is left: of
   * all hours that anybody ever listened in, and of those given.
   */
  static NavigableSet<Hour> entries(
      CassandraSession session, ListenerTime time, Set<Hour> more, int readsInFlight)
      throws InterruptedException {
    Set<Hour> asked = new TreeSet<>(more);
    asked.addAll(new Hours(session).read().subMap(time.firstHour(), time.endHour()).keySet());
    return contained(session, time.name(), asked, readsInFlight);
  }

  /** Of the hours, those in which a listener stands in {@code listeners_by_hour}. */
  static NavigableSet<Hour> contained(
      CassandraSession session, String name, Collection<Hour> hours, int readsInFlight)
      throws InterruptedException {
    ListenersByHour listenersByHour = new ListenersByHour(session);
    return found(
        hours,
        readsInFlight,
        (hour, found) ->
            listenersByHour
                .contains(hour, name)
                .thenAccept(contained -> found.addAll(contained ? Set.of(hour) : Set.of())));
  }

  /** Of the hours, those in which a listener has listens. */
  static NavigableSet<Hour> withListens(
      CassandraSession session, String name, Collection<Hour> hours, int readsInFlight)
      throws InterruptedException {
    Records records = new Records(session);
    return found(
        hours,
        readsInFlight,
        (hour, found) ->
            records.forEachKey(name, hour.start(), hour.end(), (time, song) -> found.add(hour)));
  }

  /** Reads something of an hour, and adds the hour if it is there. */
  private interface Read {
    CompletionStage<?> start(Hour hour, Set<Hour> found);
  }

  private static NavigableSet<Hour> found(Collection<Hour> hours, int readsInFlight, Read read)
      throws InterruptedException {
    NavigableSet<Hour> found = new ConcurrentSkipListSet<>();
    InFlight inFlight = new InFlight(readsInFlight);
    AtomicLong begun = new AtomicLong();
    try (Progress progress =
        Progress.of(Work.of("looked into", "hours", begun::get).outOf(hours.size()))) {
      for (Hour hour : hours) {
        inFlight.start(1, () -> read.start(hour, found));
        begun.incrementAndGet();
      }
      inFlight.await();
    }
    return found;
  }
}
