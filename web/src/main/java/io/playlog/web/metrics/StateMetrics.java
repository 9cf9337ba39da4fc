package io.playlog.web.metrics;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.web.sample.Snapshot;
import io.playlog.web.sample.Snapshot.Partition;
import io.playlog.web.sample.Snapshot.Reports;
import io.playlog.web.sample.Snapshot.Stream;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of a snapshot. What is not known is absent, so that an alert on absence sees it; no
 * listener's name is a label.
 */
public final class StateMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Supplier<Snapshot> latest;

  /**
   * @param version of Playlog
   */
  public StateMetrics(Supplier<Snapshot> latest, String version) {
    this.latest = latest;
    JvmMetrics.builder().register(registry);
    Info.builder()
        .name("playlog_build_info")
        .help("Version of Playlog.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    sampling();
    stream();
    reports();
  }

  /** For metrics of what the page itself does. */
  public PrometheusRegistry registry() {
    return registry;
  }

  private void sampling() {
    gauge(
        "playlog_sample_timestamp",
        Unit.SECONDS,
        "When Kafka and Cassandra were asked last.",
        snapshot -> OptionalDouble.of(snapshot.at().toEpochMilli() / 1000.0));
    gauge(
        "playlog_problems",
        null,
        "What could not be found out then, since Kafka or Cassandra did not answer, or refused.",
        snapshot -> OptionalDouble.of(snapshot.problems().size()));
  }

  private void stream() {
    perPartition(
        "playlog_stream_lag_messages",
        null,
        "Messages of a Kafka partition that are not stored.",
        (stream, partition) -> OptionalDouble.of(partition.lag()));
    perPartition(
        "playlog_stream_lag",
        Unit.SECONDS,
        "Age of a Kafka partition's oldest message that is not stored.",
        (stream, partition) -> partition.lagSeconds());
    perPartition(
        "playlog_stream_lag_of_retention",
        Unit.RATIO,
        "That age, of the time after which Kafka deletes the message.",
        StateMetrics::ofRetention);
    ofStream(
        "playlog_stream_held_by_transactions_messages",
        null,
        "Messages that nobody may read before their transactions end.",
        Stream::heldByTransactions);
    counter("playlog_listens_stored", "Listens stored.", stream -> stream.totals().listens());
    counter(
        "playlog_listens_unmatched",
        "Listens stored whose song the catalogue did not know.",
        stream -> stream.totals().unmatched());
    CounterWithCallback.builder()
        .name("playlog_dead_letters")
        .help("Messages that are no listens, by reason.")
        .labelNames("reason")
        .callback(
            callback ->
                ifKnown(
                    stream ->
                        stream
                            .totals()
                            .deadLettersByReason()
                            .forEach((reason, count) -> callback.call(count, reason))))
        .register(registry);
    gauge(
        "playlog_listener_largest_partition",
        Unit.BYTES,
        "The largest partition of a listener in the files of the node that was asked.",
        snapshot -> snapshot.largestPartition().stream().mapToDouble(bytes -> bytes).findFirst());
    gauge(
        "playlog_newest_event_timestamp",
        Unit.SECONDS,
        "Time of the newest listen.",
        snapshot ->
            snapshot.stream().filter(stream -> stream.totals().listens() > 0).stream()
                .mapToDouble(stream -> stream.totals().newestEvent() / 1000.0)
                .findFirst());
  }

  private void reports() {
    ofReports(
        "playlog_report_sample_timestamp",
        Unit.SECONDS,
        "When the hours and their reports were read last.",
        reports -> OptionalDouble.of(reports.at().toEpochMilli() / 1000.0));
    ofReports(
        "playlog_report_hours_due",
        null,
        "Hours that are over and need a report.",
        reports -> OptionalDouble.of(reports.due().size()));
    ofReports(
        "playlog_report_oldest_hour_due_timestamp",
        Unit.SECONDS,
        "Start of the oldest of them.",
        reports -> reports.due().stream().mapToDouble(hour -> hour.start().getEpochSecond()).min());
    ofReports(
        "playlog_report_last_published_hour_timestamp",
        Unit.SECONDS,
        "Start of the newest hour that is published.",
        reports ->
            Hours.lastPublished(reports.hours()).map(Hour::start).stream()
                .mapToDouble(start -> start.getEpochSecond())
                .findFirst());
    ofReports(
        "playlog_report_last_finished_timestamp",
        Unit.SECONDS,
        "When a report came to its end last.",
        reports ->
            Hours.lastFinished(reports.hours()).stream()
                .mapToDouble(finished -> finished.toEpochMilli() / 1000.0)
                .findFirst());
    ofReports(
        "playlog_report_last_duration",
        Unit.SECONDS,
        "How long the report of the newest published hour took.",
        StateMetrics::lastDuration);
  }

  private static OptionalDouble lastDuration(Reports reports) {
    return Hours.lastPublished(reports.hours())
        .flatMap(hour -> reports.hours().get(hour).run())
        .filter(run -> run.startedAt() != null && run.finishedAt() != null)
        .map(run -> Duration.between(run.startedAt(), run.finishedAt()))
        .stream()
        .mapToDouble(duration -> duration.toMillis() / 1000.0)
        .findFirst();
  }

  private static OptionalDouble ofRetention(Stream stream, Partition partition) {
    if (stream.retention().isEmpty() || partition.lagSeconds().isEmpty()) {
      return OptionalDouble.empty();
    }
    double seconds = stream.retention().get().toMillis() / 1000.0;
    return OptionalDouble.of(partition.lagSeconds().getAsDouble() / seconds);
  }

  private void gauge(
      String name, Unit unit, String help, Function<Snapshot, OptionalDouble> value) {
    GaugeWithCallback.builder()
        .name(name)
        .unit(unit)
        .help(help)
        .callback(callback -> value.apply(latest.get()).ifPresent(callback::call))
        .register(registry);
  }

  private void ofStream(String name, Unit unit, String help, ToDoubleFunction<Stream> value) {
    gauge(name, unit, help, snapshot -> snapshot.stream().stream().mapToDouble(value).findFirst());
  }

  private void ofReports(
      String name, Unit unit, String help, Function<Reports, OptionalDouble> value) {
    gauge(
        name, unit, help, snapshot -> snapshot.reports().map(value).orElse(OptionalDouble.empty()));
  }

  private void perPartition(
      String name, Unit unit, String help, BiFunction<Stream, Partition, OptionalDouble> value) {
    GaugeWithCallback.builder()
        .name(name)
        .unit(unit)
        .help(help)
        .labelNames("partition")
        .callback(
            callback ->
                ifKnown(
                    stream -> {
                      for (Partition partition : stream.partitions()) {
                        String label = String.valueOf(partition.partition());
                        value
                            .apply(stream, partition)
                            .ifPresent(found -> callback.call(found, label));
                      }
                    }))
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<Stream> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> ifKnown(stream -> callback.call(value.applyAsDouble(stream))))
        .register(registry);
  }

  private void ifKnown(Consumer<Stream> use) {
    latest.get().stream().ifPresent(use);
  }

  /**
   * What Prometheus is given.
   *
   * @param contentType for the answer's header
   */
  public record Page(String contentType, byte[] body) {}

  /**
   * @param accept the request's header: text as it always was, or OpenMetrics
   */
  public Page page(String accept) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writer.write(body, registry.scrape());
    return new Page(writer.getContentType(), body.toByteArray());
  }
}
