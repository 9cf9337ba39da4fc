package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.store.ListenBuffer.MatchedListen;
import io.playlog.store.ListenersByHour.Partition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  /** The timestamps of two writes differ, and the later listen counts. */
  @Test
  void listensOfOneKeyThatSayOtherThingsAreWrittenOneAfterTheOther() {
    ListenBuffer buffer = new ListenBuffer();
    Listen plain = new Listen("Ada", "Intro", START);
    Listen other = new Listen("Ada", "Outro", START);
    Listen again = new Listen("Ada", "Intro", START, new Details("M83", null, 1, null));
    List.of(plain, plain, other, again, other, again, plain)
        .forEach(listen -> buffer.add(listen, null));

    assertThat(buffer.listensByName())
        .containsExactly(
            matched(plain, plain, other), matched(again, other, again), matched(plain));
    assertThat(buffer.size()).isEqualTo(7);
    assertThat(buffer.listenersByHour())
        .containsOnlyKeys(new Partition(HOUR, ListenersByHour.shard("Ada")));
  }

  @Test
  void withoutDetailsEqualListensMayBeWrittenTogether() {
    ListenBuffer buffer = new ListenBuffer();
    Listen listen = new Listen("Ada", "Intro", START);
    buffer.add(listen, null);
    buffer.add(listen, null);

    assertThat(buffer.listensByName()).containsExactly(matched(listen, listen));
  }

  private static List<MatchedListen> matched(Listen... listens) {
    return Stream.of(listens).map(listen -> new MatchedListen(listen, null)).toList();
  }
}
