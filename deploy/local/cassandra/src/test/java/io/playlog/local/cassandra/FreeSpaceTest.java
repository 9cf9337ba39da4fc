package io.playlog.local.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
  private static final Path FOLDER = Path.of("/music/var");

  @Test
  void theLeastIsEnough() {
    assertThat(FreeSpace.problem(FOLDER, FreeSpace.LEAST)).isEmpty();
    assertThat(FreeSpace.problem(FOLDER, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void lessIsSaidWithTheFolder() {
    assertThat(FreeSpace.problem(FOLDER, FreeSpace.LEAST - 1))
        .hasValue(
            "The disk of /music/var has 255 MiB left, expected at least 256. Make room: Cassandra is started again until there is enough.");
    assertThat(FreeSpace.problem(FOLDER, 0)).isPresent();
  }
}
