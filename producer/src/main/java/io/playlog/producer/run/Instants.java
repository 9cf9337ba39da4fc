package io.playlog.producer.run;

/** When a listen happened; the instants of one listener strictly increase. */
interface Instants {
  /**
   * @param index of the listen in the run
   * @return milliseconds since the epoch
   */
  long of(long index, int listener);
}
