package io.playlog.threads;

import java.util.concurrent.ThreadFactory;

/** Makes threads that do not keep a JVM from ending. */
public final class DaemonThreads implements ThreadFactory {
  private final String name;

  /**
   * @param name of each thread, as dumps of threads and the log show it
   */
  public DaemonThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
