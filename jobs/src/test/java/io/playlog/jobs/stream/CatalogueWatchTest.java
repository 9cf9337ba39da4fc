package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.catalogue.FileVersion;
import io.playlog.jobs.catalogue.SongFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueWatchTest {
  @TempDir private Path folder;
  private Path file;
  private long nanoTime = -7;
  private CatalogueWatch watch;

  @BeforeEach
  void watchAFile() throws IOException {
    file = Files.writeString(folder.resolve("songs.csv"), "songs");
    watch = new CatalogueWatch(file, () -> nanoTime);
  }

  private void pass(Duration time) {
    nanoTime += time.toNanos();
  }

  @Test
  void theFileAsItWasIsNoChange() {
    assertThat(watch.settledChange()).isEmpty();
    pass(CatalogueWatch.SETTLED);
    assertThat(watch.settledChange()).isEmpty();
  }

  @Test
  void aChangeIsToldWhenItHasSettled() throws IOException {
    SongFile.replace(file, "other songs");
    assertThat(watch.settledChange()).isEmpty();
    pass(CatalogueWatch.SETTLED.minusNanos(1));
    assertThat(watch.settledChange()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(watch.settledChange()).contains(FileVersion.of(file));
  }

  @Test
  void aFileThatGrowsHasNotSettled() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.writeString(file, "more songs", StandardOpenOption.APPEND);
      assertThat(watch.settledChange()).isEmpty();
      pass(CatalogueWatch.SETTLED);
    }
    assertThat(watch.settledChange()).isPresent();
  }

  @Test
  void aDeletedFileIsAChange() throws IOException {
    Files.delete(file);
    assertThat(watch.settledChange()).isEmpty();
    pass(CatalogueWatch.SETTLED);
    assertThat(watch.settledChange()).isPresent();
  }

  @Test
  void whatIsDoneIsNotToldAgain() throws IOException {
    SongFile.replace(file, "other songs");
    watch.settledChange();
    pass(CatalogueWatch.SETTLED);
    watch.done(watch.settledChange().orElseThrow());
    assertThat(watch.settledChange()).isEmpty();
  }
}
