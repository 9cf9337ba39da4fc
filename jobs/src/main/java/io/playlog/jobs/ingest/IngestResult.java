package io.playlog.jobs.ingest;

import io.playlog.listen.Hour;
import io.playlog.store.Counts;
import io.playlog.store.HoursTouched.Touch;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a task did with the messages of one Kafka partition.
 *
 * @param all of these messages
 * @param first of those that were not stored by an earlier run
 * @param hoursTouched offset of the last such message per hour
 */
public record IngestResult(int partition, Counts all, Counts first, Map<Hour, Long> hoursTouched)
    implements Serializable {
  public static Counts all(List<IngestResult> results) {
    return results.stream().map(IngestResult::all).reduce(Counts.NONE, Counts::plus);
  }

  public static List<Touch> touches(List<IngestResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result.hoursTouched().entrySet().stream()
                    .map(last -> new Touch(last.getKey(), result.partition(), last.getValue())))
        .toList();
  }
}
