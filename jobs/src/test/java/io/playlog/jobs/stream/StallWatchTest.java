package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallWatchTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private long now;
  private long activity;
  private long end = 10;
  private int asked;
  private boolean answers = true;
  private final StallWatch watch =
      new StallWatch(TIMEOUT, () -> now, () -> activity, this::ends, offsets(10));

  private static Offsets offsets(long offset) {
    return Offsets.of(Map.of(0, offset));
  }

  private Offsets ends() {
    asked++;
    if (!answers) {
      throw new PlaylogException(ErrorCode.KAFKA_UNREACHABLE, "No Kafka broker answers");
    }
    return offsets(end);
  }

  /** As the stream's main thread does, which looks again and again. */
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      now += Duration.ofSeconds(1).toNanos();
      watch.check(() -> "Processing new data");
    }
  }

  private void assertStallsWithin(Duration time) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> pass(time))
        .satisfies(stalled -> assertThat(stalled.code()).isEqualTo(ErrorCode.STREAM_STALLED));
  }

  @Test
  void aStreamThatStoresNothingHasStalled() {
    end = 70_010;
    pass(TIMEOUT);
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> pass(Duration.ofMinutes(1)))
        .withMessageStartingWith("The stream has stored nothing for 3")
        .withMessageContaining(
            "although 70000 messages wait (it says: Processing new data). It ends");
  }

  @Test
  void aQuietTopicIsNoStallHoweverLong() {
    pass(Duration.ofHours(3));
    // The first message for hours has just come.
    end = 11;
    pass(TIMEOUT.minusSeconds(40));
    watch.stored(offsets(11));
    pass(Duration.ofHours(3));
    assertThat(asked).isLessThan(6 * 3600 / 30 + 20);
  }

  @Test
  void aBatchThatIsStoredBeginsItAnew() {
    end = 1_000_000;
    for (int batch = 0; batch < 10; batch++) {
      watch.stored(offsets(20 + batch));
      pass(TIMEOUT);
    }
    assertStallsWithin(Duration.ofMinutes(1));
  }

  @Test
  void aLargeBatchIsNoneWhileItsTasksGetOn() {
    end = 1_000_000;
    for (int minute = 0; minute < 60; minute++) {
      activity++;
      pass(Duration.ofMinutes(1));
    }
    assertStallsWithin(TIMEOUT.plusMinutes(1));
  }

  @Test
  void kafkaIsNotAskedWhileBatchesAreStored() {
    end = 1_000_000;
    for (int second = 0; second < 600; second++) {
      watch.stored(offsets(20 + second));
      pass(Duration.ofSeconds(1));
    }
    assertThat(asked).isZero();
  }

  @Test
  void whileKafkaDoesNotSayNobodyKnows() {
    end = 1_000_000;
    answers = false;
    pass(Duration.ofMinutes(10));
    answers = true;
    assertThatCode(() -> pass(TIMEOUT)).doesNotThrowAnyException();
    assertStallsWithin(Duration.ofMinutes(1));
  }

  @Test
  void aQueryThatHangsIsNotWaitedFor(@TempDir Path folder) throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    StallWatch impatient =
        new StallWatch(
            Duration.ofMillis(100), System::nanoTime, () -> 0, () -> offsets(12), offsets(10));
    Runnable check = () -> impatient.check(() -> "Processing new data");
    try (SparkSession spark = SparkSession.builder().appName("test").getOrCreate()) {
      StreamingQuery query =
          spark
              .readStream()
              .format("rate")
              .load()
              .writeStream()
              .option("checkpointLocation", folder.toString())
              .foreachBatch((Dataset<Row> batch, Long id) -> goesOn.await())
              .start();
      assertThatExceptionOfType(PlaylogException.class)
          .isThrownBy(() -> ListenStream.awaitEnd(query, check))
          .withMessageContaining("although 2 messages wait");
      assertThat(query.isActive()).isTrue();
      goesOn.countDown();
      query.stop();
      ListenStream.awaitEnd(query, check);
    }
  }
}
