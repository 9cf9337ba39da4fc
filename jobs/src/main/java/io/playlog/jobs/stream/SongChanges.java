package io.playlog.jobs.stream;

import java.util.Arrays;
import java.util.Map;

/** How many songs two catalogues differ in. */
record SongChanges(int added, int removed, int changed) {
  /**
   * @param before in the form of {@link SongColumns}, as is {@code after}
   */
  static SongChanges between(Map<String, byte[][]> before, Map<String, byte[][]> after) {
    int added = 0;
    int changed = 0;
    for (Map.Entry<String, byte[][]> song : after.entrySet()) {
      byte[][] old = before.get(song.getKey());
      if (old == null) {
        added++;
      } else if (!Arrays.deepEquals(old, song.getValue())) {
        changed++;
      }
    }
    int kept = after.size() - added;
    return new SongChanges(added, before.size() - kept, changed);
  }
}
