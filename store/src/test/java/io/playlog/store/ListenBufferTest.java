package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.store.ListenBuffer.MatchedListen;
import io.playlog.store.ListenersByHour.Partition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenBufferTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final long START = HOUR.start().toEpochMilli();

  @Test
  void arrangesByCassandraPartition() {
    ListenBuffer buffer = new ListenBuffer();
    SongColumns song = SomeSongs.columns();
    Listen first = new Listen("Ada Lovelace", "a", START);
    Listen second = new Listen("Ada Lovelace", "b", START + 1);
    Listen nextHour = new Listen("Ada Lovelace", "a", START + 3_600_000);
    Listen other = new Listen("Zoë Ångström", "a", START);
    List.of(first, other, second, nextHour).forEach(listen -> buffer.add(listen, song));

    assertThat(buffer.listensByName())
        .containsExactly(
            List.of(
                new MatchedListen(first, song),
                new MatchedListen(second, song),
                new MatchedListen(nextHour, song)),
            List.of(new MatchedListen(other, song)));
    assertThat(buffer.listenersByHour())
        .isEqualTo(
            Map.of(
                new Partition(HOUR, 7), List.of("Ada Lovelace"),
                new Partition(HOUR.next(), 7), List.of("Ada Lovelace"),
                new Partition(HOUR, 10), List.of("Zoë Ångström")));
  }
}
