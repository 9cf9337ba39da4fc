package io.playlog.producer.run;

import io.playlog.error.ExitCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * On SIGTERM and SIGINT the run is stopped, and the process ends when it has come to its end, with
 * its exit code rather than the signal's.
 */
public final class GracefulShutdown {
  /** Longer than a run takes to close. */
  private static final long TIMEOUT_SECONDS = ListenSender.CLOSE_TIMEOUT.toSeconds() + 10;

  private GracefulShutdown() {}

  /** Returns the exit code of the run, which is to end soon after it is asked to stop. */
  public static ExitCode during(StopSignal stop, Supplier<ExitCode> run) {
    CompletableFuture<ExitCode> ended = new CompletableFuture<>();
    Thread hook =
        new Thread(
            () -> {
              stop.request();
              ended.completeOnTimeout(ExitCode.FAILED, TIMEOUT_SECONDS, TimeUnit.SECONDS);
              Runtime.getRuntime().halt(ended.join().code());
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      ended.complete(run.get());
    } finally {
      ended.complete(ExitCode.FAILED);
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
