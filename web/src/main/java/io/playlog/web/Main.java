package io.playlog.web;

import io.playlog.cassandra.Answers;
import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.PlaylogException;
import io.playlog.web.sample.Sampler;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Serves the page, its metrics and its health. */
@Command(
    name = "web.jar",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    subcommands = {
      TokenCommand.class,
      StatusCommand.class,
      GrantCommand.class,
      SettingsCommand.class
    },
    description = {
      "Serves the page of listeners, hours and operation, and its metrics, and takes the listens that players submit as to ListenBrainz, until it is stopped.",
      "It starts whether or not Kafka and Cassandra answer, and says on the page which of them does not."
    })
public final class Main extends Program implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int END_SECONDS = 20;

  private Main() {}

  @Override
  protected Optional<PlaylogException> explain(Throwable failure) {
    return Answers.in(failure);
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return commandLine(new Main());
  }

  @Override
  public Integer call() throws InterruptedException {
    PlaylogConfig config = loadConfig();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Sampler sampler = new Sampler(config);
        WebServer server = WebServer.start(config, sampler)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, ended)));
      LOG.info("The page is at {}", server.address());
      stop.await();
    } finally {
      ended.countDown();
    }
    return 0;
  }

  /** The JVM ends with the last of its hooks, whatever is still being closed. */
  private static void end(CountDownLatch stop, CountDownLatch ended) {
    stop.countDown();
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The page ends before all is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
