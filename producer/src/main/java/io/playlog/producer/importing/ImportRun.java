package io.playlog.producer.importing;

import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Topic;
import io.playlog.producer.importing.files.ExportFiles;
import io.playlog.producer.run.Deliveries;
import io.playlog.producer.run.GracefulShutdown;
import io.playlog.producer.run.ListenSender;
import io.playlog.producer.run.ProducerRun;
import io.playlog.producer.run.StopSignal;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One import from its plan to its account. */
final class ImportRun {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);
  private static final int MEGABYTE = 1_000_000;

  private final ImportPlan plan;
  private final Report report;
  private final boolean showsProgress;
  private final StopSignal stop = new StopSignal();

  ImportRun(ImportPlan plan, Report report, boolean showsProgress) {
    this.plan = plan;
    this.report = report;
    this.showsProgress = showsProgress;
  }

  /**
   * Does all but sending, without Kafka.
   *
   * @throws PlaylogException if there is more than could be read
   */
  ExitCode rehearse() {
    return GracefulShutdown.during(
        stop,
        () -> {
          Importer importer = importer(message -> {});
          try (Progress progress = progress(importer, importer::toSend)) {
            importer.read();
          }
          return end(importer, importer.toSend());
        });
  }

  /**
   * @throws PlaylogException if no broker answers, the topic cannot be used, or there is more than
   *     could be read
   */
  ExitCode send(PlaylogConfig settings) {
    KafkaSettings kafka = settings.kafka();
    try (Topic topic = Topic.ofListens(kafka, ProducerRun.KAFKA_TIMEOUT)) {
      topic.check();
      topic.permissions().requireWrite();
    }
    LOG.info(
        "Import of {} to topic {} at {}", plan.paths(), kafka.topic(), kafka.bootstrapServers());
    byte[] key = plan.listener().getBytes(StandardCharsets.UTF_8);
    return GracefulShutdown.during(
        stop,
        () -> {
          Deliveries deliveries = new Deliveries();
          ListenSender sender =
              new ListenSender(
                  KafkaClients.producer(kafka, settings.producer().compression()),
                  kafka.topic(),
                  deliveries,
                  stop);
          Importer importer = importer(message -> sender.send(key, message));
          try (Progress progress = progress(importer, deliveries::acknowledgedSoFar)) {
            sender.during(importer::read);
          }
          deliveries.logFailures();
          return end(importer, deliveries.acknowledgedSoFar());
        });
  }

  private Importer importer(Consumer<byte[]> sender) {
    return new Importer(plan, System.currentTimeMillis(), report, sender, stop::requested);
  }

  /** By bytes, since nobody knows beforehand how many lines there are. */
  private Progress progress(Importer importer, LongSupplier sent) {
    Work work =
        Work.of("read", "MB", importer::bytesRead)
            .inParts(MEGABYTE)
            .noting(() -> (plan.isDryRun() ? "to send " : "sent ") + sent.getAsLong());
    return showsProgress ? Progress.of(work.outOf(ExportFiles.bytes(plan.paths()))) : null;
  }

  private ExitCode end(Importer importer, long acknowledged) {
    importer.end(acknowledged);
    if (!importer.isComplete()) {
      return ExitCode.FAILED;
    }
    importer.requireWhole();
    return ExitCode.OK;
  }
}
