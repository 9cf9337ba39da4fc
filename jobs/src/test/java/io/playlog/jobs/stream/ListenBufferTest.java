package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Listen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenBufferTest {
  private static final Instant HOUR = Instant.parse("2026-11-22T13:00:00Z");

  @Test
  void arrangesByCassandraPartition() {
    ListenBuffer buffer = new ListenBuffer();
    byte[][] song = {};
    Listen first = new Listen("Ada Lovelace", "a", HOUR.toEpochMilli());
    Listen second = new Listen("Ada Lovelace", "b", HOUR.toEpochMilli() + 1);
    Listen nextHour = new Listen("Ada Lovelace", "a", HOUR.toEpochMilli() + 3_600_000);
    Listen other = new Listen("Zoë Ångström", "a", HOUR.toEpochMilli());
    List.of(first, other, second, nextHour).forEach(listen -> buffer.add(listen, song));

    assertThat(buffer.listensByName())
        .isEqualTo(
            Map.of(
                "Ada Lovelace",
                List.of(
                    new MatchedListen(first, song),
                    new MatchedListen(second, song),
                    new MatchedListen(nextHour, song)),
                "Zoë Ångström",
                List.of(new MatchedListen(other, song))));
    assertThat(buffer.listenersByHour())
        .isEqualTo(
            Map.of(
                new HourShard(HOUR, 7), List.of("Ada Lovelace"),
                new HourShard(HOUR.plusSeconds(3600), 7), List.of("Ada Lovelace"),
                new HourShard(HOUR, 10), List.of("Zoë Ångström")));
  }
}
