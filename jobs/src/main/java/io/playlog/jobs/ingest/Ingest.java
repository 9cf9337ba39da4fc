package io.playlog.jobs.ingest;

import io.playlog.cassandra.CassandraSession;
import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.deadletters.DeadLetterWriter;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.Offsets;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.ForgottenListens;
import io.playlog.store.ListenWriter;
import io.playlog.store.NotedListeners;
import io.playlog.store.Songs;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Stores messages: listens go to {@code records} and {@code listeners_by_hour}, invalid messages to
 * the dead-letter topic. All writes are upserts on natural keys, so a task may run again. Progress
 * and hours touched are the caller's to write, from what this returns.
 */
public final class Ingest {
  /**
   * Accumulator of the requests to Cassandra that have begun: a task that writes for long moves.
   */
  public static final String REQUESTS = "playlog.requests";

  /** A task costs a few milliseconds of processor time, more than so few messages do. */
  private static final long MESSAGES_OF_ONE_TASK = 200;

  private final PlaylogConfig config;
  private final Cassandra cassandra;
  private final String topicId;
  private final ForgetGuard guard;
  private final LongAccumulator requests;
  private final String run = UUID.randomUUID().toString();

  /**
   * @param topicId of the source topic
   * @param guard that this is to begin and end
   */
  public Ingest(JobContext job, String topicId, ForgetGuard guard) {
    this.config = job.config();
    this.cassandra = job.cassandra();
    this.topicId = topicId;
    this.guard = guard;
    this.requests = job.sparkContext().sc().longAccumulator(REQUESTS);
  }

  /**
   * Returns when all are acknowledged. What is forgotten is left out.
   *
   * @param messages as for {@link Message#of}
   * @param count how many there are, about
   * @param storedBefore offsets before which messages are stored, and only overwritten
   */
  public List<IngestResult> store(
      Dataset<Row> messages, long count, Broadcast<Songs> songs, Offsets storedBefore)
      throws InterruptedException {
    List<Mark> marks = guard.begin();
    JavaRDD<Message> read = Message.of(messages);
    List<IngestResult> results =
        (count <= MESSAGES_OF_ONE_TASK ? read.coalesce(1) : read)
            .mapPartitions(
                new Task(
                    config.kafka(),
                    config.stream(),
                    cassandra,
                    songs,
                    storedBefore,
                    ForgottenListens.of(topicId, marks),
                    run(marks),
                    requests))
            .collect();
    guard.end();
    return results;
  }

  /** With a new mark a new run begins: who is noted there may not be in the table any more. */
  private String run(List<Mark> marks) {
    return run + marks.stream().map(Mark::id).toList();
  }

  /** What one task does with its messages: parse, match, write. */
  private record Task(
      KafkaSettings kafka,
      StreamSettings settings,
      Cassandra cassandra,
      Broadcast<Songs> songs,
      Offsets storedBefore,
      ForgottenListens forgotten,
      String run,
      LongAccumulator requests)
      implements FlatMapFunction<Iterator<Message>, IngestResult> {

    @Override
    public Iterator<IngestResult> call(Iterator<Message> messages) throws InterruptedException {
      if (!messages.hasNext()) {
        return Collections.emptyIterator();
      }
      DeadLetterWriter deadLetters = new DeadLetterWriter(kafka);
      TaskMessages read =
          new TaskMessages(storedBefore, songs.value(), deadLetters::send, forgotten, kafka.topic())
              .read(messages);
      try (CassandraSession session = cassandra.open()) {
        new ListenWriter(session, NotedListeners.ofRun(run), settings)
            .write(read.listens(), () -> requests.add(1));
      }
      deadLetters.await();
      return read.results().iterator();
    }
  }
}
