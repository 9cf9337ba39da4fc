package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SongChangesTest {
  private static byte[][] columns(int first) {
    return new byte[][] {{(byte) first}, null, {2}};
  }

  @Test
  void countsSongsNotColumns() {
    Map<String, byte[][]> before = Map.of("a", columns(1), "b", columns(1), "c", columns(1));
    Map<String, byte[][]> after =
        Map.of("b", columns(1), "c", columns(3), "d", columns(1), "e", columns(1));

    assertThat(SongChanges.between(before, after)).isEqualTo(new SongChanges(2, 1, 1));
    assertThat(SongChanges.between(before, before)).isEqualTo(new SongChanges(0, 0, 0));
  }
}
