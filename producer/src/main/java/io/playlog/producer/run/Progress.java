package io.playlog.producer.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows from time to time how far a run has come, from a thread of its own. */
final class Progress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable end;

  private Progress(Duration every, Runnable show, Runnable end) {
    this.end = end;
    timer.scheduleAtFixedRate(show, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  static Progress of(RunPlan plan, Deliveries deliveries, boolean terminal) {
    if (plan.isEndless()) {
      return new Progress(Duration.ofMinutes(1), () -> LOG.info(deliveries.summary()), () -> {});
    }
    return terminal ? bar(plan.count(), deliveries) : lines(plan.count(), deliveries);
  }

  private static Progress bar(long count, Deliveries deliveries) {
    ProgressBar bar =
        new ProgressBarBuilder().setTaskName("listens").setInitialMax(count).showSpeed().build();
    Runnable show = () -> bar.stepTo(deliveries.acknowledgedSoFar());
    return new Progress(
        Duration.ofMillis(500),
        show,
        () -> {
          show.run();
          bar.close();
        });
  }

  private static Progress lines(long count, Deliveries deliveries) {
    return new Progress(
        Duration.ofSeconds(5),
        () ->
            LOG.info(
                "{} of {} listens ({} %)",
                deliveries.summary(), count, deliveries.acknowledgedSoFar() * 100 / count),
        () -> {});
  }

  @Override
  public void close() {
    timer.shutdownNow();
    end.run();
  }
}
