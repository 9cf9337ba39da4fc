package io.playlog.jobs.stream;

import static io.playlog.jobs.catalogue.SongFile.csv;
import static io.playlog.jobs.catalogue.SongFile.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.catalogue.Catalogue;
import io.playlog.jobs.LogLines;
import io.playlog.jobs.catalogue.SongFile;
import io.playlog.store.Songs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On local Spark; each test changes the catalogue's file in another way. */
class CurrentSongsTest {
  private static JavaSparkContext spark;

  @TempDir private Path folder;
  private Path file;
  private long nanoTime;
  private Change onceSeen = () -> {};
  private CurrentSongs songs;
  private LogLines log;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void openCatalogue() throws IOException {
    file = Files.writeString(folder.resolve("songs.csv"), csv(1000, "One", "Two"));
    CatalogueWatch watch = new CatalogueWatch(file, this::nanoTime);
    songs = new CurrentSongs(spark, watch, Catalogue.read(file), new StreamMetrics());
    log = new LogLines();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  /** The clock is asked when the file's version is known, before the file is read. */
  private long nanoTime() {
    Change change = onceSeen;
    onceSeen = () -> {};
    try {
      change.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return nanoTime;
  }

  private interface Change {
    void run() throws IOException;
  }

  /** What tasks of the next batch know, which begins when a change has settled. */
  private Set<String> known() {
    songs.get();
    nanoTime += CatalogueWatch.SETTLED.toNanos();
    Broadcast<Songs> broadcast = songs.get();
    return Set.copyOf(
        spark
            .parallelize(List.of(0))
            .flatMap(i -> broadcast.value().byName().keySet().iterator())
            .collect());
  }

  @Test
  void anUnchangedFileIsNotReadAgain() {
    Broadcast<Songs> before = songs.get();
    assertThat(known()).containsExactlyInAnyOrder("One", "Two");
    assertThat(songs.get()).isSameAs(before);
    assertThat(log.beginning("")).isEmpty();
  }

  @Test
  void aReplacedFileIsTakenUp() throws IOException {
    Broadcast<Songs> before = songs.get();
    SongFile.replace(file, csv(2000, "Two", "Three", "Four", "Four"));

    assertThat(known()).containsExactlyInAnyOrder("Two", "Three", "Four");
    assertThat(log.beginning("INFO"))
        .containsExactly(
            "INFO Catalogue "
                + file
                + " was changed: 3 songs; rows left out: 0 that cannot be used, 1 repeated;"
                + " songs without a release date: 3; 2 added, 1 removed, 1 changed");
    assertThat(spark.parallelize(List.of(0)).map(i -> before.value().byName().size()).first())
        .isEqualTo(2);
  }

  @Test
  void songsOfOneNameAreCountedByTheirArtists() throws IOException {
    SongFile.replace(file, csv(1000, "One", "Two", "One") + row("One", "Other", 1000, ""));
    known();
    SongFile.replace(file, csv(0) + row("One", "Other", 2000, ""));
    known();

    assertThat(log.beginning("INFO"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains(": 3 songs; ")
                    .endsWith("; 1 added, 0 removed, 0 changed"),
            line ->
                assertThat(line)
                    .contains(": 1 songs; ")
                    .endsWith("; 0 added, 2 removed, 1 changed"));
  }

  @Test
  void aFileWrittenInPlaceIsTakenUp() throws IOException {
    Files.writeString(file, csv(1000, "One", "Two", "Three"));
    assertThat(known()).contains("Three");
  }

  @Test
  void aBrokenFileIsRefusedOnce() throws IOException {
    SongFile.replace(file, csv(1000, "One", "Two", "Three").replace("energy", "vigour"));

    assertThat(known()).containsExactlyInAnyOrder("One", "Two");
    assertThat(known()).containsExactlyInAnyOrder("One", "Two");
    assertThat(log.beginning("ERROR"))
        .containsExactly(
            "ERROR Refused the changed catalogue, the songs in use stay: "
                + file
                + ", line 1: found the columns name,artists,duration_ms,album_name,album_release_date,"
                + "danceability,vigour,key,loudness,mode,speechiness,acousticness,instrumentalness,"
                + "liveness,valence,tempo, expected also energy");

    SongFile.replace(file, csv(1000) + "Two,Artist\n");
    known();
    assertThat(log.beginning("ERROR")).hasSize(2);

    SongFile.replace(file, csv(1000, "Five"));
    assertThat(known()).containsExactly("Five");
  }

  @Test
  void aBadRowCostsItsSongOnly() throws IOException {
    SongFile.replace(file, csv(1000, "One", "Three") + "Four,Artist\n");

    assertThat(known()).containsExactlyInAnyOrder("One", "Three");
    assertThat(log.beginning("WARN"))
        .containsExactly(
            "WARN Rows left out that cannot be used: line 4: found 2 fields, expected 16");
  }

  @Test
  void withoutAFileTheSongsStay() throws IOException {
    Files.delete(file);

    assertThat(known()).containsExactlyInAnyOrder("One", "Two");
    assertThat(known()).containsExactlyInAnyOrder("One", "Two");
    assertThat(log.beginning("ERROR"))
        .containsExactly(
            "ERROR Refused the changed catalogue, the songs in use stay: "
                + file
                + ": there is no such file; set playlog.catalogue.path to the catalogue's CSV");

    Files.writeString(file, csv(1000, "Three"));
    assertThat(known()).containsExactly("Three");
  }

  @Test
  void aFileThatIsChangedWhileItIsReadIsLeftToTheNextBatch() throws IOException {
    SongFile.replace(file, csv(1000, "Three"));
    songs.get();
    nanoTime += CatalogueWatch.SETTLED.toNanos();
    onceSeen = () -> SongFile.replace(file, csv(1000).substring(0, 20));
    assertThat(songs.get().value().byName()).containsOnlyKeys("One", "Two");
    assertThat(log.beginning("ERROR")).isEmpty();
    assertThat(log.beginning("INFO"))
        .containsExactly("INFO Catalogue " + file + " is changing; it is read when it has settled");

    SongFile.replace(file, csv(1000, "One", "Three"));
    assertThat(known()).containsExactlyInAnyOrder("One", "Three");
  }
}
