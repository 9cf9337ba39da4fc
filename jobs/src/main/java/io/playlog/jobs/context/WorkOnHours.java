package io.playlog.jobs.context;

import io.playlog.progress.Work;
import io.playlog.store.ListenersByHour;
import java.util.function.LongSupplier;

/** Work that goes through hours, one after the other, all shards of each at the same time. */
public final class WorkOnHours {
  private WorkOnHours() {}

  /**
   * Of a single hour a person sees the shards.
   *
   * @param verb what is done with each, such as {@code summed up}
   * @param shardsDone of all hours
   */
  public static Work of(String verb, int hours, LongSupplier shardsDone) {
    int shards = ListenersByHour.SHARDS.size();
    Work work =
        hours == 1
            ? Work.of(verb, "shards of the hour", shardsDone)
            : Work.of(verb, "hours", shardsDone).inParts(shards);
    return work.outOf((long) hours * shards);
  }
}
