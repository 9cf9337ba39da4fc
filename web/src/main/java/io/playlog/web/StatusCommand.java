package io.playlog.web;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.cli.Json;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.ResolvedSettings;
import io.playlog.kafka.Topic;
import io.playlog.schema.Schema;
import io.playlog.store.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How far stream and reports have come: without Spark, since somebody waits for it. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints as one JSON object how far the stream and the reports have come.")
final class StatusCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--settings-first",
      description = {
        "Print the resolved settings before, as one JSON object in a line, and go on when a line",
        "comes on standard input: for scripts, which find out by the settings whether the servers run."
      })
  private boolean settingsFirst;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PlaylogConfig config = PlaylogConfig.load(program.configFile());
    PrintWriter out = spec.commandLine().getOut();
    if (settingsFirst) {
      out.println(Json.object(ResolvedSettings.of(config)));
      out.flush();
      if (System.in.read() < 0) {
        return 0;
      }
    }
    // A login only now: the settings are asked for before there is one.
    out.println(Json.object(read(program.readConfig()).fields()));
    out.flush();
    return 0;
  }

  private static Status read(PlaylogConfig config) throws InterruptedException {
    try (Topic topic = Topic.ofListens(config.kafka(), TIMEOUT)) {
      // Both clients take their time to begin: Kafka's while Cassandra's does.
      CompletableFuture<String> connected = CompletableFuture.supplyAsync(topic::id);
      try (CassandraSession session = DirectConnection.open(config.cassandra(), TIMEOUT)) {
        Schema.check(session);
        connected.exceptionally(failure -> "").join();
        return Status.read(session, topic, config.report().grace());
      }
    }
  }
}
