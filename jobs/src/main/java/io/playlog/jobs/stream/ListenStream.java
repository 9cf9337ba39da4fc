package io.playlog.jobs.stream;

import io.playlog.cassandra.CassandraSession;
import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.kafka.TopicReader;
import io.playlog.jobs.stream.checkpoint.CheckpointGuard;
import io.playlog.jobs.stream.checkpoint.CheckpointLock;
import io.playlog.jobs.stream.checkpoint.LocalCheckpointFiles;
import io.playlog.jobs.stream.checkpoint.RunningBatch;
import io.playlog.kafka.SkippedRanges;
import io.playlog.kafka.Topic;
import io.playlog.store.Counts;
import io.playlog.store.SkippedOffsets;
import io.playlog.store.StreamProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streaming query: from the topic, in micro-batches, to {@link MicroBatches}. */
final class ListenStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenStream.class);
  private static final long POLL_MS = 500;

  private final PlaylogConfig config;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private ListenStream(PlaylogConfig config) {
    this.config = config;
  }

  /**
   * Reads the catalogue, checks topics, schema and checkpoint, takes the lease, and starts the
   * query.
   *
   * @param beforeBatch called before each batch is stored
   */
  static ListenStream start(PlaylogConfig config, BeforeBatch beforeBatch) throws TimeoutException {
    ListenStream stream = new ListenStream(config);
    try {
      stream.query = stream.start(beforeBatch);
      return stream;
    } catch (RuntimeException | TimeoutException e) {
      stream.close();
      throw e;
    }
  }

  private Lease lease;
  private StallWatch watch;
  private StreamingQuery query;

  StreamingQuery query() {
    return query;
  }

  /**
   * Returns when the query was stopped.
   *
   * @throws io.playlog.error.PlaylogException if it has stalled, and so may not be waited for, nor
   *     stopped; or if another stream has the lease, which a batch would find, but none may come
   * @throws StreamingQueryException if it failed
   */
  void awaitEnd() throws StreamingQueryException {
    awaitEnd(
        query,
        () -> {
          lease.requireNotLost();
          watch.check(() -> query.status().message());
        });
  }

  /**
   * @param check called now and then; what it throws ends the waiting
   */
  static void awaitEnd(StreamingQuery query, Runnable check) throws StreamingQueryException {
    while (!query.awaitTermination(POLL_MS)) {
      check.run();
    }
  }

  /** May wait, and so hold the batch back. */
  interface BeforeBatch {
    void run() throws InterruptedException;
  }

  private StreamingQuery start(BeforeBatch beforeBatch) throws TimeoutException {
    CatalogueWatch catalogueWatch = new CatalogueWatch(config.catalogue().path(), System::nanoTime);
    StreamMetrics metrics = open(new StreamMetrics());
    long start = System.nanoTime();
    Catalogue catalogue = Catalogue.read(config.catalogue().path());
    metrics.read(catalogue, since(start));
    LOG.info("Catalogue {}: {}", config.catalogue().path(), catalogue.summary());
    catalogue.warnings().forEach(LOG::warn);
    CheckpointLock lock = open(CheckpointLock.acquire(config.stream().checkpoint()));
    Topic topic = open(Topic.ofListens(config.kafka()));
    StreamChecks.requireTopics(config, topic);
    JobContext job = open(JobContext.open("stream", config));
    StreamChecks.warnOfConsistency(job.cassandra(), config.cassandra().consistency());
    lease = open(takeLease(job.session(), lock.owner()));
    String topicId = topic.id();
    StreamProgress progress = new StreamProgress(job.session(), topic.name(), topicId);
    progress.begin(topic.firstOffsets());
    SkippedRanges skipped = new SkippedOffsets(job.session(), topic.name(), topicId).read();

    SparkSession spark = job.spark();
    LocalCheckpointFiles.use(spark, config.stream().checkpoint());
    CurrentSongs songs = new CurrentSongs(job.sparkContext(), catalogueWatch, catalogue, metrics);
    MicroBatches batches = new MicroBatches(job, topicId, progress, songs, lease);
    new CheckpointGuard(config, topic)
        .check(
            spark,
            topicId,
            Optional.of(batches.stored()).filter(any -> job.cassandra().readsItsWrites()));
    batches.recover();
    BatchLog log = new BatchLog(topic.name());
    spark.streams().addListener(log);
    TaskActivity activity = new TaskActivity();
    spark.sparkContext().addSparkListener(activity);
    watch =
        new StallWatch(
            stallTimeout(), System::nanoTime, activity, topic::endOffsets, batches.stored());
    StreamChecks checks = new StreamChecks(topic, topicId);
    OffsetCommits commits =
        open(
            OffsetCommits.start(
                offsets -> topic.commit(config.stream().consumerGroup(), offsets),
                batches.stored()));
    metrics.serve(config.stream());
    RunningBatch running = new RunningBatch(spark, topic.name());
    return TopicReader.stream(spark, config.kafka(), config.stream(), skipped)
        .writeStream()
        .queryName("listens")
        .option("checkpointLocation", config.stream().checkpoint())
        .trigger(Trigger.ProcessingTime(config.stream().triggerInterval().toMillis()))
        .foreachBatch(
            (Dataset<Row> batch, Long id) -> {
              beforeBatch.run();
              checks.requireSameTopic();
              long begin = System.nanoTime();
              Counts counts = batches.store(batch, running.end());
              metrics.stored(since(begin), counts);
              log.stored(id, counts);
              commits.stored(batches.stored());
              watch.stored(batches.stored());
            })
        .start();
  }

  private Lease takeLease(CassandraSession session, UUID owner) {
    try {
      return Takeover.take(config, session, owner);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the first batch", e);
    }
  }

  /** A few messages may wait for more, and a batch for its time. */
  private Duration stallTimeout() {
    StreamSettings stream = config.stream();
    return stream.stallTimeout().plus(stream.maxTriggerDelay()).plus(stream.triggerInterval());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes what was opened, the last first, each whatever becomes of the others. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.warn("Cannot close", e);
      }
    }
  }
}
