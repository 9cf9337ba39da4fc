package io.playlog.producer.run;

import io.playlog.producer.ExitCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * On SIGTERM and SIGINT the run is stopped, and the process ends when it has come to its end, with
 * its exit code rather than the signal's.
 */
final class GracefulShutdown {
  /** Longer than a run takes to close. */
  private static final long TIMEOUT_SECONDS = ListenProducer.CLOSE_TIMEOUT.toSeconds() + 10;

  private GracefulShutdown() {}

  static int during(StopSignal stop, IntSupplier run) {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread hook =
        new Thread(
            () -> {
              stop.request();
              ended.completeOnTimeout(ExitCode.FAILED.code(), TIMEOUT_SECONDS, TimeUnit.SECONDS);
              Runtime.getRuntime().halt(ended.join());
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      ended.complete(run.getAsInt());
    } finally {
      ended.complete(ExitCode.FAILED.code());
      remove(hook);
    }
    return ended.join();
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: it ends the process.
    }
  }
}
