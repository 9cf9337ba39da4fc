package io.playlog.jobs.store;

import io.playlog.catalogue.Song;

/** Songs for tests that do not care which. */
public final class SomeSongs {
  private SomeSongs() {}

  public static SongColumns columns() {
    return SongColumns.of(
        new Song("song", "artists", 1, null, null, 0, 0, "1", 0, "1", 0, 0, 0, 0, 0, 0));
  }
}
