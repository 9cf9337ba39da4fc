package io.playlog.web.sample;

import io.playlog.listen.Hour;
import io.playlog.store.Counts;
import io.playlog.store.Hours;
import io.playlog.store.SongsByHour.Plays;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was found when Kafka and Cassandra were asked last.
 *
 * @param at when that was
 * @param stream as it was when both answered last; empty if they never did
 * @param reports as they were when Cassandra was asked for them last, which is the less often the
 *     more hours there are; empty if it never answered
 * @param largestPartition bytes of the largest one of a listener, as the node that was asked knows
 *     its files, before compression; empty if Cassandra does not say
 * @param problems what could not be found out this time, and why
 */
public record Snapshot(
    Instant at,
    Optional<Stream> stream,
    Optional<Reports> reports,
    OptionalLong largestPartition,
    List<String> problems) {
  /** Before anything was found. */
  static Snapshot starting() {
    return new Snapshot(
        Instant.now(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        List.of("The page has just been started, and has not heard of Kafka and Cassandra yet."));
  }

  /**
   * How far the stream is.
   *
   * @param at all messages that had come by then are in these numbers
   * @param totals of all messages that were ever stored
   * @param heldByTransactions messages that nobody may read yet
   * @param retention how long messages stay in the topic; empty for ever
   * @param perMinute listens stored in each of the last minutes, the newest last
   * @param lastStored when the stream stored something last; empty if it never did
   * @param lagBefore messages that were not stored {@link LagHistory#SPAN} ago; empty if nobody
   *     looked then
   */
  public record Stream(
      Instant at,
      List<Partition> partitions,
      Counts totals,
      long heldByTransactions,
      Optional<Duration> retention,
      List<Double> perMinute,
      Optional<Instant> lastStored,
      OptionalLong lagBefore) {
    /** Messages that are not stored yet. */
    public long lag() {
      return partitions.stream().mapToLong(Partition::lag).sum();
    }

    /**
     * Age of the oldest message that is not stored yet and can be read, in seconds; 0 if all is
     * stored, empty if none can be read.
     */
    public OptionalDouble lagSeconds() {
      return partitions.stream()
          .flatMapToDouble(partition -> partition.lagSeconds().stream())
          .max();
    }

    /** Whether the oldest message of each partition could be read. */
    public boolean isLagKnown() {
      return partitions.stream().allMatch(partition -> partition.lagSeconds().isPresent());
    }

    /** In the last full minute; empty until that is known. */
    public OptionalDouble listensPerMinute() {
      return perMinute.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(perMinute.get(perMinute.size() - 1));
    }
  }

  /**
   * A Kafka partition.
   *
   * @param firstOffset of the oldest message that is still there
   * @param nextOffset all messages before it are stored
   * @param endOffset where reading ends
   * @param lagSeconds age of the oldest message that is not stored; empty if it cannot be read
   */
  public record Partition(
      int partition, long firstOffset, long nextOffset, long endOffset, OptionalDouble lagSeconds) {
    public long lag() {
      return Math.max(0, endOffset - nextOffset);
    }
  }

  /**
   * What everybody played.
   *
   * @param hour the last one that is published
   * @param hoursOfDay published hours of its day (UTC)
   * @param inHour the songs that were played most in the hour
   * @param inDay the same of these hours; their listeners cannot be added up
   */
  public record Played(Hour hour, int hoursOfDay, List<SongPlays> inHour, List<SongPlays> inDay) {}

  /** A song and how it was played. */
  public record SongPlays(String song, Plays plays) {}

  /**
   * How far the reports are.
   *
   * @param at all that was stored by then is in these numbers
   * @param hours all that were ever touched or reported
   * @param due that a report should sum up, newest first
   * @param played what everybody played; empty if no hour is published
   */
  public record Reports(
      Instant at, NavigableMap<Hour, Hours.State> hours, List<Hour> due, Optional<Played> played) {}
}
