package io.playlog.jobs.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TaskCountTest {
  private static final CountDownLatch SEEN = new CountDownLatch(1);
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    SparkConf conf =
        new SparkConf().setAppName("test").set("spark.executor.heartbeatInterval", "1s");
    spark = new JavaSparkContext(conf);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static TaskCount count(String accumulator) {
    TaskCount count = new TaskCount(accumulator);
    spark.sc().addSparkListener(count);
    return count;
  }

  @Test
  void aRunningTaskIsSeen() throws Exception {
    LongAccumulator accumulator = spark.sc().longAccumulator("running");
    TaskCount count = count("running");
    TaskCount other = count("another");
    Future<?> job =
        spark
            .parallelize(List.of(1, 2, 3), 1)
            .map(
                number -> {
                  accumulator.add(1);
                  if (number == 2) {
                    SEEN.await();
                  }
                  return number;
                })
            .countAsync();
    try {
      await().until(() -> count.getAsLong() == 2);
    } finally {
      SEEN.countDown();
    }
    job.get();
    await().until(() -> count.getAsLong() == 3);
    assertThat(other.getAsLong()).isZero();
  }

  @Test
  void endedTasksAddUp() {
    LongAccumulator accumulator = spark.sc().longAccumulator("ended");
    TaskCount count = count("ended");
    for (int job = 0; job < 2; job++) {
      spark.parallelize(List.of(1, 2, 3, 4, 5), 3).foreach(number -> accumulator.add(number));
    }
    await().until(() -> count.getAsLong() == 30);
  }

  @Test
  void sparkItselfCountsWhatIsHandedOn() {
    TaskCount count = count(TaskCount.RECORDS_SHUFFLED);
    long groups =
        spark
            .parallelize(List.of(1, 2, 3, 4, 5), 2)
            .mapToPair(number -> new Tuple2<>(number % 2, number))
            .groupByKey(2)
            .count();
    assertThat(groups).isEqualTo(2);
    await().until(() -> count.getAsLong() == 5);
  }
}
