package io.playlog.producer.run;

import java.util.concurrent.locks.LockSupport;

/** The machine's clocks; tests have their own. */
interface Time {
  Time SYSTEM =
      new Time() {
        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  long epochMillis();

  /** For differences only. */
  long nanos();

  /** Returns at once, or early, when the thread is interrupted. */
  void pause(long nanos);
}
