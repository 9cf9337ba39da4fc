package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Listen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenBufferTest {
  private static final Instant HOUR = Instant.parse("2026-11-22T13:00:00Z");

  @Test
  void arrangesByCassandraPartition() {
    ListenBuffer buffer = new ListenBuffer();
    Listen first = new Listen("Ada Lovelace", "a", HOUR.toEpochMilli());
    Listen second = new Listen("Ada Lovelace", "b", HOUR.toEpochMilli() + 1);
    Listen nextHour = new Listen("Ada Lovelace", "a", HOUR.toEpochMilli() + 3_600_000);
    Listen other = new Listen("Zoë Ångström", "a", HOUR.toEpochMilli());
    List.of(first, other, second, nextHour).forEach(buffer::add);

    assertThat(buffer.listensByName())
        .isEqualTo(
            Map.of(
                "Ada Lovelace", List.of(first, second, nextHour), "Zoë Ångström", List.of(other)));
    assertThat(buffer.listenersByHour())
        .isEqualTo(
            Map.of(
                new HourShard(HOUR, 7), Set.of("Ada Lovelace"),
                new HourShard(HOUR.plusSeconds(3600), 7), Set.of("Ada Lovelace"),
                new HourShard(HOUR, 10), Set.of("Zoë Ångström")));
  }
}
