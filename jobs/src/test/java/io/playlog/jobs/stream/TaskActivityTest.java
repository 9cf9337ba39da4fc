package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playlog.jobs.ingest.Ingest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TaskActivityTest {
  private static final CountDownLatch GOES_ON = new CountDownLatch(1);
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .appName("test")
            .config("spark.executor.heartbeatInterval", "1s")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static TaskActivity activity() {
    TaskActivity activity = new TaskActivity();
    spark.sparkContext().addSparkListener(activity);
    return activity;
  }

  @Test
  void aRunningTaskThatWritesIsSeen() throws Exception {
    LongAccumulator requests = spark.sparkContext().longAccumulator(Ingest.REQUESTS);
    TaskActivity activity = activity();
    Future<?> job =
        numbers(1)
            .map(
                number -> {
                  requests.add(1);
                  if (number == 2) {
                    GOES_ON.await();
                  }
                  return number;
                })
            .countAsync();
    try {
      await().until(() -> activity.getAsLong() > 0);
    } finally {
      GOES_ON.countDown();
    }
    job.get();
  }

  private static JavaRDD<Integer> numbers(int tasks) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(1, 2, 3), tasks);
  }

  @Test
  void oneThatEndsWellIsSeenAndOneThatFailsIsNot() {
    TaskActivity activity = activity();
    assertThatThrownBy(
            () ->
                numbers(1)
                    .foreach(
                        number -> {
                          throw new IllegalStateException("fails");
                        }))
        .hasMessageContaining("fails");
    numbers(3).count();
    await().untilAsserted(() -> assertThat(activity.getAsLong()).isEqualTo(3));
  }
}
