package io.playlog.web.submission;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what is submitted; neither listeners nor tokens are labels. */
final class SubmissionMetrics {
  private final Counter listens;
  private final Counter requests;

  SubmissionMetrics(PrometheusRegistry registry) {
    listens =
        Counter.builder()
            .name("playlog_submission_listens")
            .help("Submitted listens that Kafka has acknowledged.")
            .register(registry);
    requests =
        Counter.builder()
            .name("playlog_submission_requests")
            .help("Requests to submit listens, by what became of them.")
            .labelNames("outcome")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      requests.initLabelValues(outcome.label());
    }
  }

  void stored(int count) {
    listens.inc(count);
  }

  void answered(Outcome outcome) {
    requests.labelValues(outcome.label()).inc();
  }
}
