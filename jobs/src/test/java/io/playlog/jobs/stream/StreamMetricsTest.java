package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.LogLines;
import io.playlog.jobs.catalogue.SongFile;
import io.playlog.store.Counts;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamMetricsTest {
  @TempDir private Path folder;

  private StreamSettings settings(int port) throws IOException {
    Path file = folder.resolve("application.conf");
    return PlaylogConfig.load(
        Files.writeString(file, "playlog.stream.metrics-port = %d".formatted(port)))
        .stream();
  }

  private static ServerSocket anyPort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void areServed() throws Exception {
    int port;
    try (ServerSocket free = anyPort()) {
      port = free.getLocalPort();
    }
    try (StreamMetrics metrics = new StreamMetrics()) {
      metrics.serve(settings(port));
      metrics.stored(Duration.ofMillis(150), new Counts(10, 3, 1, Map.of(), 0));
      metrics.stored(Duration.ofMillis(70), new Counts(10, 1, 1, Map.of(), 0));
      Path songs = Files.writeString(folder.resolve("songs.csv"), SongFile.csv(1000, "a", "b"));
      metrics.read(Catalogue.read(songs), Duration.ofMillis(250));

      String page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(page.lines())
          .contains(
              "playlog_catalogue_load_seconds 0.25",
              "playlog_catalogue_songs 2.0",
              "playlog_stream_listens_folded_total 4.0",
              "playlog_stream_batch_duration_seconds_bucket{le=\"0.1\"} 1",
              "playlog_stream_batch_duration_seconds_count 2")
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
    }
  }

  @Test
  void aPortThatIsTakenIsWarnedOf() throws Exception {
    try (ServerSocket taken = anyPort();
        StreamMetrics metrics = new StreamMetrics();
        LogLines log = new LogLines()) {
      metrics.serve(settings(taken.getLocalPort()));
      assertThat(log.beginning("WARN The stream runs without metrics")).hasSize(1);
    }
  }

  /** Prometheus after its time-out, say: the server would log where in it the answer got stuck. */
  @Test
  void aClientThatHasGoneIsOneLineOfTheLog() {
    String logger = HTTPServer.class.getPackageName() + ".HttpExchangeAdapter";
    LoggerConfig config =
        LoggerContext.getContext(false).getConfiguration().getLoggerConfig(logger);
    LogEvent event =
        Log4jLogEvent.newBuilder()
            .setLoggerName(logger)
            .setLevel(Level.ERROR)
            .setMessage(new SimpleMessage("caught an Exception"))
            .setThrown(new IOException("Broken pipe"))
            .build();

    assertThat(config.isAdditive()).isFalse();
    assertThat(config.getAppenders().values())
        .singleElement()
        .extracting(appender -> appender.getLayout().toSerializable(event).toString())
        .asString()
        .endsWith("ERROR HttpExchangeAdapter - caught an Exception\n");
  }
}
