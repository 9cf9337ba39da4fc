package io.playlog.producer.run;

import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.Song;
import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Topic;
import io.playlog.producer.listeners.ListenerNames;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from its plan to its closing line. */
public final class ProducerRun {
  private static final Logger LOG = LoggerFactory.getLogger(ProducerRun.class);

  /** For the answer to each question: somebody sits and waits. */
  public static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);

  private ProducerRun() {}

  /**
   * @throws io.playlog.error.PlaylogException if no broker answers, the topic cannot be used, there
   *     are not as many names, or the plan's manifest cannot be made
   */
  public static ExitCode start(
      PlaylogConfig settings, Catalogue catalogue, RunPlan plan, PrintWriter out) {
    KafkaSettings kafka = settings.kafka();
    try (Topic topic = Topic.ofListens(kafka, KAFKA_TIMEOUT)) {
      topic.check();
      topic.permissions().requireWrite();
    }
    List<String> listeners =
        ListenerNames.draw(
            settings.producer().listeners(), settings.producer().namedListener(), plan.seed());
    List<String> songs = catalogue.songs().stream().map(Song::name).distinct().toList();
    LOG.info("{}, to topic {} at {}", plan.summary(), kafka.topic(), kafka.bootstrapServers());

    StopSignal stop = new StopSignal();
    return GracefulShutdown.during(
        stop,
        () -> {
          Manifest manifest = plan.manifest() == null ? null : Manifest.create(plan.manifest());
          Deliveries deliveries = new Deliveries(manifest);
          try (manifest;
              Progress progress = Progress.of(work(plan, deliveries))) {
            new ListenProducer(
                    KafkaClients.producer(kafka, settings.producer().compression()),
                    kafka.topic(),
                    listeners,
                    songs,
                    deliveries,
                    stop)
                .run(
                    plan.count(),
                    new Random(plan.seed()),
                    new Pacer(plan.rate(), Time.SYSTEM, stop),
                    instants(plan, stop));
          }
          return end(deliveries, out);
        });
  }

  static Work work(RunPlan plan, Deliveries deliveries) {
    Work work =
        Work.of("acknowledged", "listens", deliveries::acknowledgedSoFar)
            .noting(
                () -> {
                  long failed = deliveries.failedSoFar();
                  return failed == 0 ? "" : "failed " + failed;
                });
    return plan.isEndless() ? work : work.outOf(plan.count());
  }

  private static Instants instants(RunPlan plan, StopSignal stop) {
    return plan.range() == null
        ? new Instants.Live(plan.listeners(), Time.SYSTEM, stop)
        : new Instants.Past(plan.range(), plan.count());
  }

  private static ExitCode end(Deliveries deliveries, PrintWriter out) {
    deliveries.logFailures();
    out.println(deliveries.summary());
    out.flush();
    return deliveries.failedSoFar() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
