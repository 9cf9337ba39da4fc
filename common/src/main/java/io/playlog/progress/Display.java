package io.playlog.progress;

/** Where a person sees how far work has come. */
interface Display extends AutoCloseable {
  void show(Pace pace);

  /** To be called once, after the last {@link #show}. */
  @Override
  void close();
}
