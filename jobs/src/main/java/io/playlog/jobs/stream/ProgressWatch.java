package io.playlog.jobs.stream;

import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notices that the progress went back while the stream ran: then Cassandra has lost what it had
 * acknowledged, and what the stream takes for stored would never be.
 */
final class ProgressWatch {
  private final String keyspace;
  private final boolean readsItsWrites;
  private Map<Integer, Long> last = Map.of();

  /**
   * @param readsItsWrites else a read may be behind without harm, and nothing is checked
   */
  ProgressWatch(String keyspace, boolean readsItsWrites) {
    this.keyspace = keyspace;
    this.readsItsWrites = readsItsWrites;
  }

  /**
   * To be called with the progress whenever it was read or written.
   *
   * @param found per Kafka partition, the offset before which all messages are stored
   * @throws JobException if it is behind the last one
   */
  void advanceTo(Map<Integer, Long> found) {
    boolean wentBack =
        last.entrySet().stream()
            .anyMatch(before -> found.getOrDefault(before.getKey(), 0L) < before.getValue());
    if (wentBack && readsItsWrites) {
      throw new JobException(
          ExitCode.NOT_SET_UP,
          "stream_progress of the keyspace %s went back while the stream ran (it was %s and is %s): Cassandra has lost its newest writes, or somebody emptied its tables. Nothing more is stored. Start the stream again: it says what to do."
              .formatted(keyspace, last, new TreeMap<>(found)));
    }
    last = new TreeMap<>(found);
  }
}
