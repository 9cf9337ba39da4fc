package io.playlog.jobs.stream;

import java.time.Duration;

/** The machine's monotonic clock; tests have their own. */
interface Time {
  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration pause) throws InterruptedException {
          Thread.sleep(pause.toMillis());
        }
      };

  /** For differences only. */
  long nanos();

  void pause(Duration pause) throws InterruptedException;
}
