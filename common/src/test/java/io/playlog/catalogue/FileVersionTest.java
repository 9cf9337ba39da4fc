package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVersionTest {
  private static final FileTime MODIFIED = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir private Path folder;
  private Path file;
  private FileVersion before;

  @BeforeEach
  void writeFile() throws IOException {
    file = write("songs.csv");
    before = FileVersion.of(file);
  }

  /** All of the same size and age. */
  private Path write(String name) throws IOException {
    Path written = Files.writeString(folder.resolve(name), "songs");
    return Files.setLastModifiedTime(written, MODIFIED);
  }

  @Test
  void readingChangesNothing() throws IOException {
    Files.readAllBytes(file);
    assertThat(FileVersion.of(file)).isEqualTo(before);
  }

  @Test
  void writingChangesIt() throws IOException {
    Files.writeString(file, "SONGS");
    assertThat(FileVersion.of(file)).isNotEqualTo(before);

    Files.writeString(file, "more songs");
    Files.setLastModifiedTime(file, MODIFIED);
    assertThat(FileVersion.of(file)).isNotEqualTo(before);
  }

  @Test
  void anotherFileInItsPlaceChangesIt() throws IOException {
    Files.move(write("new.csv"), file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(FileVersion.of(file)).isNotEqualTo(before);
  }

  @Test
  void aLinkToAnotherFileChangesIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
    assertThat(FileVersion.of(link)).isEqualTo(before);

    Files.delete(link);
    Files.createSymbolicLink(link, write("new.csv"));
    assertThat(FileVersion.of(link)).isNotEqualTo(before);
  }

  @Test
  void aDeletedFileHasAVersionToo() throws IOException {
    Files.delete(file);
    assertThat(FileVersion.of(file)).isNotEqualTo(before).isEqualTo(FileVersion.of(file));
  }
}
