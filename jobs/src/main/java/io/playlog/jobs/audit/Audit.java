package io.playlog.jobs.audit;

import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.audit.Findings.Counts;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.context.TaskCount;
import io.playlog.jobs.kafka.TopicReader;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.SkippedRanges;
import io.playlog.kafka.Topic;
import io.playlog.kafka.Topic.TimedOffset;
import io.playlog.listen.Hour;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.Forgotten;
import io.playlog.store.ForgottenListens;
import io.playlog.store.SkippedOffsets;
import io.playlog.store.StreamProgress;
import io.playlog.store.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/** Compares what the topics held when the audit began with what is stored. */
final class Audit {
  /** Brokers stamp messages with their own clocks, which differ by less. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

  /** For the stream: one that is well is no more behind than this. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Accumulator of the entries that were compared. */
  private static final String COMPARED = "playlog.compared";

  private final JobContext job;
  private final AuditRange.Time time;
  private final AuditRange range;
  private final String topicId;
  private final SkippedRanges skipped;
  private final Map<Integer, OffsetRange> deadLetters;
  private final SkippedRanges skippedDeadLetters;
  private final Expiry expiry;
  private JavaRDD<Entry> missing;
  private JavaRDD<Entry> repairable;

  private Audit(
      JobContext job,
      AuditRange.Time time,
      AuditRange range,
      String topicId,
      SkippedRanges skipped,
      Map<Integer, OffsetRange> deadLetters,
      SkippedRanges skippedDeadLetters,
      Expiry expiry) {
    this.job = job;
    this.time = time;
    this.range = range;
    this.topicId = topicId;
    this.skipped = skipped;
    this.deadLetters = deadLetters;
    this.skippedDeadLetters = skippedDeadLetters;
    this.expiry = expiry;
  }

  /**
   * Asks for the ranges to be read, when the stream has stored what the topic holds now, or has had
   * time for it. Progress before the ends of the dead letters: what it says is stored has its dead
   * letters before the ends that are asked for after it.
   *
   * @throws PlaylogException if the topic has no order of time, and one was asked for
   */
  static Audit begin(JobContext job, AuditRange.Time time) throws InterruptedException {
    KafkaSettings kafka = job.config().kafka();
    try (Topic topic = Topic.ofListens(kafka);
        Topic deadLetters = Topic.ofDeadLetters(kafka)) {
      topic.permissions().requireRead();
      deadLetters.permissions().requireRead();
      if (time.to().isPresent() && !topic.isStampedByBroker()) {
        throw new PlaylogException(
            ErrorCode.NOT_AUDITABLE,
            "Topic %s has message.timestamp.type=CreateTime, so that its messages are in no order of time, and those of --from/--to cannot be told. Use --hour, or alter the topic to LogAppendTime."
                .formatted(topic.name()));
      }
      String id = topic.id();
      StreamProgress progress = new StreamProgress(job.session(), topic.name(), id);
      Duration gate = job.config().report().gateTimeout();
      Duration patience = gate.compareTo(PATIENCE) < 0 ? gate : PATIENCE;
      AuditRange range =
          AuditRange.find(topic, time, progress::nextOffsets, patience, Instant.now());
      Expiry expiry = new Expiry(TimeToLive.ofListens(job.session()), topic.isStampedByBroker());
      return new Audit(
          job,
          time,
          range,
          id,
          new SkippedOffsets(job.session(), topic.name(), id).read(),
          since(time.from(), deadLetters),
          new SkippedOffsets(job.session(), deadLetters.name(), deadLetters.id()).read(),
          expiry);
    }
  }

  private static Map<Integer, OffsetRange> since(Instant from, Topic deadLetters) {
    Map<Integer, OffsetRange> ranges = new TreeMap<>();
    Offsets ends = deadLetters.endOffsets();
    Map<Integer, TimedOffset> starts = deadLetters.firstSince(from.minus(MAX_CLOCK_SKEW));
    ends.forEach(
        (partition, end) -> {
          TimedOffset start = starts.get(partition);
          ranges.put(
              partition, new OffsetRange(start == null ? end : Math.min(start.offset(), end), end));
        });
    return ranges;
  }

  AuditRange.Time time() {
    return time;
  }

  AuditRange range() {
    return range;
  }

  String topicId() {
    return topicId;
  }

  /** What of the range could not be read, by Kafka partition. */
  Map<Integer, List<OffsetRange>> skipped() {
    return skipped.within(range.ranges());
  }

  /** The audited messages of the source topic. */
  Dataset<Row> messages() {
    KafkaSettings kafka = job.config().kafka();
    return TopicReader.batch(job.spark(), kafka, kafka.topic(), range.ranges(), skipped);
  }

  Expiry expiry() {
    return expiry;
  }

  /** Compares; only what is asked for afterwards comes to the driver. */
  Counts run() {
    TaskCount read = job.count(TaskCount.RECORDS_READ);
    PlaylogConfig config = job.config();
    String topic = config.kafka().topic();
    ForgottenListens forgotten =
        ForgottenListens.of(topicId, new Forgotten(job.session(), topic).read());
    Dataset<Row> entries = Entry.ofMessages(messages(), topic, forgotten);
    if (time.hour().isPresent()) {
      entries = Entry.listensOf(time.hour().get(), entries);
    } else {
      KafkaSettings kafka = config.kafka();
      Dataset<Row> found =
          TopicReader.batch(
              job.spark(), kafka, kafka.deadLetterTopic(), deadLetters, skippedDeadLetters);
      entries = entries.union(Entry.ofDeadLetters(found, topic));
    }
    TaskCount arranged = job.count(TaskCount.RECORDS_SHUFFLED);
    JavaRDD<Row> rows;
    try (Progress progress = Progress.of(Work.of("read", "messages", read).outOf(toBeRead()))) {
      // Spark arranges them now, since it plans the rest by what it finds.
      rows = Entry.arrange(entries).javaRDD();
    }
    LongAccumulator compared = job.sparkContext().sc().longAccumulator(COMPARED);
    JavaRDD<Findings> findings =
        rows.mapPartitions(
                new CompareTask(job.cassandra(), config.report().readsInFlight(), compared))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Counts counts;
    try (Progress progress =
        Progress.of(Work.of("compared", "messages", job.count(COMPARED)).outOf(arranged))) {
      counts = findings.map(Findings::counts).fold(Counts.NONE, Counts::plus);
    }
    // Now that all rows are read: one that expired meanwhile is not missing.
    Expiry.AsOf now = expiry.asOf(Instant.now());
    JavaRDD<Entry> notFound = findings.flatMap(found -> found.missing().iterator());
    missing = notFound.filter(entry -> !now.isExpired(entry));
    repairable = notFound.filter(entry -> !now.mayHaveExpired(entry));
    long expired = expiry.canTell() ? notFound.filter(now::isExpired).count() : 0;
    return counts.withExpired(expired);
  }

  private long toBeRead() {
    return time.hour().isPresent() ? size() : size() + size(deadLetters);
  }

  private static long size(Map<Integer, OffsetRange> ranges) {
    return ranges.values().stream().mapToLong(OffsetRange::size).sum();
  }

  /** How many messages there are to be read of the source topic, at most. */
  long size() {
    return size(range.ranges());
  }

  /** After {@link #run}: what is missing, ordered by partition and offset. */
  List<Entry> firstMissing(int limit) {
    return missing.takeOrdered(limit);
  }

  /** After {@link #run}: the hours of the listens that are to be stored again. */
  SortedSet<Hour> hoursOfRepairable() {
    return new TreeSet<>(repairable.filter(Entry::isListen).map(Entry::hour).distinct().collect());
  }

  /** After {@link #run}: what is to be stored again, with the columns of {@link Entry#SCHEMA}. */
  Dataset<Row> repairableEntries() {
    return job.spark().createDataFrame(repairable.map(Entry::toRow), Entry.SCHEMA);
  }
}
