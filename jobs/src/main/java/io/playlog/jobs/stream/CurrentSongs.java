package io.playlog.jobs.stream;

import static java.util.stream.Collectors.toMap;

import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.FileVersion;
import io.playlog.error.PlaylogException;
import io.playlog.store.SongColumns;
import io.playlog.store.Songs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The songs that the stream matches with; those of the newest catalogue that could be read. */
final class CurrentSongs {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentSongs.class);

  private final JavaSparkContext spark;
  private final CatalogueWatch watch;
  private final StreamMetrics metrics;
  private Broadcast<Songs> songs;

  /**
   * @param watch made before the catalogue was read
   */
  CurrentSongs(
      JavaSparkContext spark, CatalogueWatch watch, Catalogue catalogue, StreamMetrics metrics) {
    this.spark = spark;
    this.watch = watch;
    this.metrics = metrics;
    this.songs = spark.broadcast(new Songs(catalogue.songs()));
  }

  /**
   * To be called between two batches, which a changed file holds up until it is read. One that
   * cannot be used is reported once.
   */
  Broadcast<Songs> get() {
    watch.settledChange().ifPresent(this::reload);
    return songs;
  }

  private void reload(FileVersion version) {
    try {
      long start = System.nanoTime();
      Catalogue catalogue = Catalogue.read(watch.file());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      replace(catalogue);
      metrics.read(catalogue, duration);
    } catch (PlaylogException e) {
      if (!version.equals(FileVersion.of(watch.file()))) {
        LOG.info("Catalogue {} is changing; it is read when it has settled", watch.file());
        return;
      }
      LOG.error("Refused the changed catalogue, the songs in use stay: {}", e.getMessage());
    } catch (OutOfMemoryError e) {
      // What there was no room for is garbage by now, and the stream can go on with what it has.
      LOG.error(
          "Refused the changed catalogue, the songs in use stay: {}: there was no memory left for its songs; raise spark.stream-memory",
          watch.file());
    }
    watch.done(version);
  }

  private void replace(Catalogue catalogue) {
    Songs fresh = new Songs(catalogue.songs());
    Changes changes = Changes.between(songs.value().byName(), fresh.byName());
    LOG.info(
        "Catalogue {} was changed: {}; {} added, {} removed, {} changed",
        watch.file(),
        catalogue.summary(),
        changes.added(),
        changes.removed(),
        changes.changed());
    catalogue.warnings().forEach(LOG::warn);
    Broadcast<Songs> old = songs;
    songs = spark.broadcast(fresh);
    // Not destroyed: the batches that used them are over, but an attempt of a task that Spark has
    // given up may still run, and can fetch them again. Spark drops them with this reference.
    old.unpersist();
  }

  /** How many songs two catalogues differ in. */
  record Changes(int added, int removed, int changed) {
    static Changes between(
        Map<String, List<SongColumns>> before, Map<String, List<SongColumns>> after) {
      int added = 0;
      int changed = 0;
      int kept = 0;
      for (Map.Entry<String, List<SongColumns>> songs : after.entrySet()) {
        Map<String, SongColumns> old = byArtists(before.getOrDefault(songs.getKey(), List.of()));
        for (SongColumns song : songs.getValue()) {
          SongColumns same = old.get(song.artists());
          added += same == null ? 1 : 0;
          kept += same == null ? 0 : 1;
          changed += same == null || same.equals(song) ? 0 : 1;
        }
      }
      return new Changes(
          added, before.values().stream().mapToInt(List::size).sum() - kept, changed);
    }

    private static Map<String, SongColumns> byArtists(List<SongColumns> ofOneName) {
      return ofOneName.stream().collect(toMap(SongColumns::artists, Function.identity()));
    }
  }
}
