package io.playlog.jobs.stream;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.StreamSettings;
import io.playlog.store.Counts;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only the stream's own process knows, for Prometheus: how long batches take, the catalogue,
 * and its JVM. How far the stream has come the page tells, which is there when the stream is not.
 */
final class StreamMetrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamMetrics.class);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram batches =
      Histogram.builder()
          .name("playlog_stream_batch_duration")
          .unit(Unit.SECONDS)
          .help("Time that a micro-batch took to be stored.")
          .classicUpperBounds(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)
          .register(registry);
  private final Counter folded =
      Counter.builder()
          .name("playlog_stream_listens_folded")
          .help("Listens stored since this process began whose song was found by its folded name.")
          .register(registry);
  private final Gauge songs =
      Gauge.builder()
          .name("playlog_catalogue_songs")
          .help("Songs of the catalogue in use.")
          .register(registry);
  private final Gauge loadTime =
      Gauge.builder()
          .name("playlog_catalogue_load")
          .unit(Unit.SECONDS)
          .help("Time that it took to read the catalogue in use.")
          .register(registry);
  private HTTPServer server;

  StreamMetrics() {
    JvmMetrics.builder().register(registry);
  }

  /** Without them the stream goes on: a port that is taken is no reason not to store listens. */
  void serve(StreamSettings settings) {
    try {
      server =
          HTTPServer.builder()
              .hostname(settings.metricsHost())
              .port(settings.metricsPort())
              .registry(registry)
              .buildAndStart();
      LOG.info("Metrics at http://{}:{}/metrics", settings.metricsHost(), server.getPort());
    } catch (IOException e) {
      LOG.warn(
          "The stream runs without metrics: cannot listen on {}:{} (playlog.stream.metrics-host, metrics-port): {}",
          settings.metricsHost(),
          settings.metricsPort(),
          e.getMessage());
    }
  }

  void stored(Duration duration, Counts counts) {
    batches.observe(duration.toNanos() / 1e9);
    folded.inc(counts.folded());
  }

  /**
   * @param duration of reading it
   */
  void read(Catalogue catalogue, Duration duration) {
    songs.set(catalogue.songs().size());
    loadTime.set(duration.toNanos() / 1e9);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
