package io.playlog.web.sample;

import io.playlog.cassandra.Answers;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Retention;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.store.Counts;
import io.playlog.store.Hours;
import io.playlog.store.StreamPosition;
import io.playlog.threads.DaemonThreads;
import io.playlog.web.sample.Snapshot.Partition;
import io.playlog.web.sample.Snapshot.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at Kafka and Cassandra again and again; opens their clients when they first answer. */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(5);

  /** Hours are read at this share of the time at most: their number grows with the history. */
  private static final int SHARE_OF_HOURS = 20;

  /** It grows slowly. */
  private static final Duration BETWEEN_LARGEST_PARTITIONS = Duration.ofMinutes(1);

  private final PlaylogConfig config;
  private final Rates rates = new Rates();
  private final LagHistory lags = new LagHistory();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("sampler"));
  private volatile Snapshot latest = Snapshot.starting();
  private volatile Tables tables;
  private Topic topic;
  private OldestMessages oldestMessages;
  private EverybodyPlayed everybodyPlayed;
  private long hoursReadAgainAt = System.nanoTime();
  private long largestPartitionReadAgainAt = System.nanoTime();

  public Sampler(PlaylogConfig config) {
    this.config = config;
    timer.scheduleWithFixedDelay(
        this::sampleAndGoOn, 0, config.web().sampleInterval().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What was found last. */
  public Snapshot latest() {
    return latest;
  }

  /**
   * @throws PlaylogException if Cassandra has not answered yet, with what it says instead
   */
  public Tables tables() {
    Tables opened = tables;
    if (opened == null) {
      throw new NotThereException(String.join(" ", latest.problems()));
    }
    return opened;
  }

  /** Nothing can be shown yet. */
  public static final class NotThereException extends RuntimeException {
    NotThereException(String message) {
      super(message);
    }
  }

  /** A timer drops what throws anything, for ever. */
  private void sampleAndGoOn() {
    try {
      sample();
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot find out how things are", e);
    }
  }

  private void sample() {
    List<String> problems = new ArrayList<>();
    Snapshot before = latest;
    Optional<Snapshot.Stream> stream = attempt(problems, this::stream).or(before::stream);
    Optional<Reports> reports =
        System.nanoTime() - hoursReadAgainAt < 0 && before.reports().isPresent()
            ? before.reports()
            : attempt(problems, this::reports).or(before::reports);
    // Whoever waits for Cassandra already is not to wait for this as well.
    OptionalLong largestPartition =
        System.nanoTime() - largestPartitionReadAgainAt < 0 || !problems.isEmpty()
            ? before.largestPartition()
            : attempt(problems, this::largestPartition).orElse(before.largestPartition());
    if (!problems.equals(before.problems())) {
      problems.forEach(LOG::warn);
    }
    latest = new Snapshot(Instant.now(), stream, reports, largestPartition, List.copyOf(problems));
  }

  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  /** Empty if it has no answer, which is then among the problems. */
  private static <T> Optional<T> attempt(List<String> problems, Question<T> question) {
    try {
      return Optional.of(question.ask());
    } catch (RuntimeException e) {
      Optional<PlaylogException> answer = PlaylogException.in(e).or(() -> Answers.in(e));
      if (answer.isEmpty()) {
        LOG.error("Cannot find out how things are", e);
      }
      problems.add(
          answer.map(known -> known.code().id() + ": " + known.getMessage()).orElse(e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private Tables open() {
    if (tables == null) {
      tables = Tables.open(config);
    }
    return tables;
  }

  private Snapshot.Stream stream() {
    Tables opened = open();
    if (topic == null) {
      topic = Topic.ofListens(config.kafka(), KAFKA_TIMEOUT);
    }
    if (oldestMessages == null) {
      oldestMessages = new OldestMessages(config.kafka());
    }
    Instant at = Instant.now();
    StreamPosition position = StreamPosition.read(opened.session(), topic);
    Offsets first = topic.firstOffsets();
    Counts totals = position.totals();
    long now = System.nanoTime();
    rates.add(now, totals.listens());
    List<Partition> partitions = partitions(first, position.stored(), position.end());
    lags.add(now, partitions.stream().mapToLong(Partition::lag).sum());
    return new Snapshot.Stream(
        at,
        partitions,
        totals,
        position.heldByTransactions(),
        topic.retention().map(Retention::soonest),
        rates.perMinute(now),
        position.lastStored(),
        lags.before(now));
  }

  private List<Partition> partitions(Offsets first, Offsets stored, Offsets end) {
    Map<Integer, Long> oldest = new HashMap<>();
    end.forEach(
        (partition, offset) -> {
          long next = Math.max(stored.of(partition), first.of(partition));
          if (next < offset) {
            oldest.put(partition, next);
          }
        });
    Map<Integer, Long> times = oldestMessages.times(oldest);
    long now = System.currentTimeMillis();
    List<Partition> partitions = new ArrayList<>();
    end.forEach(
        (partition, offset) -> {
          OptionalDouble age = OptionalDouble.empty();
          if (times.containsKey(partition)) {
            age = OptionalDouble.of(Math.max(0, now - times.get(partition)) / 1000.0);
          } else if (!oldest.containsKey(partition)) {
            age = OptionalDouble.of(0);
          }
          partitions.add(
              new Partition(partition, first.of(partition), stored.of(partition), offset, age));
        });
    return partitions;
  }

  private Reports reports() throws InterruptedException {
    Instant at = Instant.now();
    long start = System.nanoTime();
    NavigableMap<Hour, Hours.State> hours = open().hours().read();
    long end = System.nanoTime();
    hoursReadAgainAt = end + SHARE_OF_HOURS * (end - start);
    if (everybodyPlayed == null) {
      everybodyPlayed = new EverybodyPlayed(open().songsByHour());
    }
    Instant over = at.minus(config.report().grace());
    return new Reports(at, hours, Hours.due(hours, over), everybodyPlayed.read(hours));
  }

  private OptionalLong largestPartition() {
    largestPartitionReadAgainAt = System.nanoTime() + BETWEEN_LARGEST_PARTITIONS.toNanos();
    return open().largestPartition().read();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      timer.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (everybodyPlayed != null) {
      everybodyPlayed.close();
    }
    if (oldestMessages != null) {
      oldestMessages.close();
    }
    if (topic != null) {
      topic.close();
    }
    if (tables != null) {
      tables.close();
    }
  }
}
