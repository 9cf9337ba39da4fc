package io.playlog.jobs.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.playlog.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {
  private static final CountDownLatch GOES_ON = new CountDownLatch(1);
  private static final String MASTER = "spark://master:7077";

  private long now;
  private int executors;
  private int[] jobs = {};
  private final List<String> cancelled = new ArrayList<>();
  private final ExecutorWatch watch =
      new ExecutorWatch(
          new ExecutorWatch.Cluster() {
            @Override
            public int executors() {
              return executors;
            }

            @Override
            public int[] activeJobs() {
              return jobs;
            }

            @Override
            public void cancel(int job, String reason) {
              cancelled.add(job + " " + reason);
            }
          },
          MASTER,
          Duration.ofMinutes(2),
          Duration.ofSeconds(20),
          () -> now);

  private void pass(int seconds) {
    for (int second = 0; second < seconds; second++) {
      now += 1_000_000_000L;
      watch.check();
    }
  }

  @Test
  void aJobWithoutAnyExecutorIsCancelled() {
    jobs = new int[] {0, 3};
    pass(120);
    assertThat(cancelled).isEmpty();
    pass(1);
    assertThat(cancelled)
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "0 PL-802: Spark at spark://master:7077 has given this job no executor within 120 s:"
                + " no worker is there, or others hold all cores or memory.");
  }

  @Test
  void oneThatHasLostThemWaitsForLess() {
    jobs = new int[] {7};
    pass(100);
    executors = 1;
    pass(3600);
    executors = 0;
    pass(20);
    assertThat(cancelled).isEmpty();
    pass(1);
    assertThat(cancelled)
        .singleElement()
        .asString()
        .startsWith(
            "7 PL-802: All executors of this job are gone, and Spark at spark://master:7077 has"
                + " given it no other within 20 s:");
  }

  @Test
  void withoutAJobNobodyNeedsAnExecutor() {
    pass(3600);
    jobs = new int[] {1};
    pass(100);
    jobs = new int[] {};
    pass(1);
    jobs = new int[] {2};
    pass(120);
    assertThat(cancelled).isEmpty();
  }

  /** As Spark words it, which is where the reason is found again. */
  @Test
  void whatWasCancelledSaysWhy() {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("test"))) {
      ExecutorWatch impatient =
          new ExecutorWatch(
              ExecutorWatch.cluster(spark.sc()),
              MASTER,
              Duration.ZERO,
              Duration.ZERO,
              System::nanoTime);
      Future<?> job =
          spark
              .parallelize(List.of(1), 1)
              .map(
                  number -> {
                    GOES_ON.await();
                    return number;
                  })
              .countAsync();
      try {
        await()
            .until(
                () -> {
                  impatient.check();
                  return job.isDone();
                });
      } finally {
        GOES_ON.countDown();
      }
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(job::get)
          .satisfies(
              failure ->
                  assertThat(ExecutorWatch.in(failure).orElseThrow())
                      .hasMessageStartingWith("Spark at spark://master:7077 has given"));
    }
  }

  @Test
  void anApplicationThatSparkHasEndedIsOfThisKind() {
    assertThat(
            ExecutorWatch.in(
                new IllegalStateException(
                    new SparkException("Job 3 cancelled because SparkContext was shut down"))))
        .get()
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NO_EXECUTORS));
    assertThat(ExecutorWatch.in(new IllegalStateException("something else"))).isEmpty();
    assertThat(ExecutorWatch.in(new IllegalStateException())).isEmpty();
  }
}
