package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.playlog.jobs.LogLines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GracefulStopTest {
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private SparkSession spark;

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    spark = SparkSession.builder().appName("test").getOrCreate();
  }

  @AfterEach
  void stop() {
    spark.close();
  }

  /** Its first batch has begun. */
  private StreamingQuery query(VoidFunction2<Dataset<Row>, Long> batch) throws Exception {
    StreamingQuery query =
        spark
            .readStream()
            .format("rate")
            .load()
            .writeStream()
            .option("checkpointLocation", folder.toString())
            .foreachBatch(batch)
            .start();
    running.await();
    return query;
  }

  /** Its client of Kafka, say, wraps the interruption, and Spark takes that for a failure. */
  @Test
  void aBatchThatIsCutShortIsNoFailure() throws Exception {
    GracefulStop stop = new GracefulStop(Duration.ZERO);
    StreamingQuery query =
        query(
            (rows, id) -> {
              running.countDown();
              try {
                goesOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
              }
            });
    stop.stop(query);
    assertThat(query.exception().isDefined()).isTrue();
    stop.awaitEnd(query::awaitTermination);
  }

  @Test
  void oneThatFailsByItselfIs() throws Exception {
    StreamingQuery query =
        query(
            (rows, id) -> {
              running.countDown();
              throw new IllegalStateException("no disk");
            });
    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> new GracefulStop(Duration.ZERO).awaitEnd(query::awaitTermination))
        .withMessageContaining("no disk");
  }

  @Test
  void oneThatFailsWhileItIsAwaitedIsNotCalledCommitted() throws Exception {
    StreamingQuery query =
        query(
            (rows, id) -> {
              running.countDown();
              goesOn.await();
              throw new IllegalStateException("no disk");
            });
    goesOn.countDown();
    await().until(() -> !query.isActive());
    try (LogLines log = new LogLines()) {
      new GracefulStop(Duration.ofMinutes(1)).stop(query);
      assertThat(log.beginning("WARN The running batch failed, and is left to be replayed: "))
          .singleElement()
          .asString()
          .contains("no disk");
      assertThat(log.beginning("INFO All batches")).isEmpty();
    }
  }
}
