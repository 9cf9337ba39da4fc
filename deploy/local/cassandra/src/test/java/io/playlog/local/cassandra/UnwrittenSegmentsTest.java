package io.playlog.local.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwrittenSegmentsTest {
  @TempDir private Path folder;

  private Path file(String name, int size, int written) throws IOException {
    byte[] bytes = new byte[size];
    if (written >= 0) {
      bytes[written] = 1;
    }
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void areDeletedAndAllElseIsKept() throws IOException {
    Path unwritten = file("CommitLog-7-1.log", 200_000, -1);
    Path empty = file("CommitLog-7-2.log", 0, -1);
    Path withHeader = file("CommitLog-7-3.log", 200_000, 3);
    Path withoutHeader = file("CommitLog-7-4.log", 200_000, 199_999);
    Path other = file("notes.txt", 10, -1);

    assertThat(UnwrittenSegments.delete(folder)).containsExactlyInAnyOrder(unwritten, empty);
    assertThat(folder).isDirectoryContaining(withHeader::equals);
    assertThat(folder).isDirectoryContaining(withoutHeader::equals);
    assertThat(folder).isDirectoryContaining(other::equals);
  }

  @Test
  void beforeTheFirstStartThereAreNone() throws IOException {
    assertThat(UnwrittenSegments.delete(folder.resolve("commitlog"))).isEmpty();
  }
}
