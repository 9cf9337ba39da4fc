package io.playlog.producer.run;

/** Asks the thread that made it to stop; whatever it waits for is interrupted. */
public final class StopSignal {
  private volatile boolean requested;
  private Thread worker = Thread.currentThread();

  public boolean requested() {
    return requested;
  }

  synchronized void request() {
    requested = true;
    if (worker != null) {
      worker.interrupt();
    }
  }

  /** From here on the thread is not interrupted: what is under way may end well. */
  synchronized void shield() {
    worker = null;
    Thread.interrupted();
  }
}
