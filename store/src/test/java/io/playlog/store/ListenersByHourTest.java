package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersByHourTest {
  /** Stored data depends on these; computed with Python's zlib.crc32(name.encode()) % 16. */
  @ParameterizedTest
  @CsvSource({"Ada Lovelace, 7", "Zoë Ångström, 10", "Наталья, 11"})
  void shardsNeverChange(String name, int expected) {
    assertThat(ListenersByHour.shard(name)).isEqualTo(expected);
  }
}
