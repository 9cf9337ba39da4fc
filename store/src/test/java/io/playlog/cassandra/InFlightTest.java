package io.playlog.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final int LIMIT = 100;

  private final ExecutorService server = Executors.newFixedThreadPool(4);
  private final InFlight inFlight = new InFlight(LIMIT);
  private final AtomicInteger underWay = new AtomicInteger();
  private int most;

  @AfterEach
  void stopServer() {
    server.shutdownNow();
  }

  @Test
  void startsRequestsUpToTheLimitOfTheirWeights() throws InterruptedException {
    for (int number = 0; number < 10_000; number++) {
      start(1 + number % 60);
    }
    inFlight.await();

    assertEquals(0, underWay.get(), "await returns when all are answered");
    assertTrue(most <= LIMIT, "weight under way: " + most);
  }

  @Test
  void startsARequestHeavierThanTheLimitAlone() throws InterruptedException {
    start(LIMIT);
    start(3 * LIMIT);
    start(1);
    inFlight.await();

    assertEquals(3 * LIMIT, most);
  }

  @Test
  void startsNothingAfterARequestFailed() throws InterruptedException {
    inFlight.start(
        1, () -> CompletableFuture.failedFuture(new DriverTimeoutException("after 2 s")));

    PlaylogException error = assertThrows(PlaylogException.class, () -> start(1));

    assertEquals(ErrorCode.CASSANDRA_TIMEOUT, error.code());
    assertEquals(0, most);
  }

  @Test
  void whatCassandraDidNotAnswerIsNotSaidToBeItsAnswer() throws InterruptedException {
    Throwable fault = new IllegalArgumentException("not bound");
    inFlight.start(1, () -> CompletableFuture.failedFuture(fault));

    assertSame(fault, assertThrows(IllegalStateException.class, inFlight::await).getCause());
  }

  @Test
  void aRequestThatCannotBeStartedLeavesItsRoom() throws InterruptedException {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            inFlight.start(
                LIMIT,
                () -> {
                  throw new IllegalArgumentException("not bound");
                }));
    start(LIMIT);
    inFlight.await();
    assertEquals(LIMIT, most);
  }

  private void start(int weight) throws InterruptedException {
    inFlight.start(
        weight,
        () -> {
          most = Math.max(most, underWay.addAndGet(weight));
          return CompletableFuture.runAsync(() -> underWay.addAndGet(-weight), server);
        });
  }
}
