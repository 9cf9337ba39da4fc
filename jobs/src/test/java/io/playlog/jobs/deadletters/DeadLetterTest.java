package io.playlog.jobs.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Origin;
import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final long TIMESTAMP = 1_700_000_000_000L;

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static DeadLetter of(Header... headers) {
    Message message = new Message(null, null, 3, 42, TIMESTAMP, List.of(headers));
    return DeadLetter.of(message, "spotify", RejectReason.NOT_JSON);
  }

  private static List<String> lines(Iterable<Header> headers) {
    List<String> lines = new ArrayList<>();
    headers.forEach(
        header ->
            lines.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)));
    return lines;
  }

  @Test
  void itsHeadersHaveAFixedOrder() {
    RecordHeaders headers = new RecordHeaders(List.of(header("trace", "abc")));
    of().addTo(headers);

    assertThat(lines(headers))
        .containsExactly(
            "trace=abc",
            "playlog.reason=not-json",
            "playlog.topic=spotify",
            "playlog.partition=3",
            "playlog.offset=42",
            "playlog.timestamp=" + TIMESTAMP);
  }

  @Test
  void isReadAsItWasWritten() {
    RecordHeaders headers = new RecordHeaders();
    of().addTo(headers);

    assertThat(DeadLetter.read(headers)).contains(of());
    assertThat(of().origin()).isEqualTo("spotify/3/42");
  }

  @Test
  void ofMessagesThatCannotBeReadTellsAllOffsets() {
    RecordHeaders headers = new RecordHeaders();
    DeadLetter.addUnreadable(headers, "spotify", 3, new OffsetRange(42, 50));

    assertThat(lines(headers))
        .containsExactly(
            "playlog.reason=unreadable",
            "playlog.topic=spotify",
            "playlog.partition=3",
            "playlog.offset=42",
            "playlog.timestamp=-1",
            "playlog.last-offset=49");
    assertThat(DeadLetter.read(headers).orElseThrow().reason()).isEqualTo("unreadable");
  }

  /** Of a message that was a dead letter, was replayed and is one again. */
  @Test
  void theLastHeaderOfANameCountsAndTheFirstOriginStays() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(header("playlog.offset", "-1")).add(header("playlog.replayed-from", "spotify/1/7"));
    of(header("playlog.replayed-from", "spotify/1/7")).addTo(headers);

    DeadLetter read = DeadLetter.read(headers).orElseThrow();
    assertThat(read.offset()).isEqualTo(42);
    assertThat(read.origin()).isEqualTo("spotify/1/7");
  }

  @Test
  void othersAreNotRead() {
    RecordHeaders changed = new RecordHeaders();
    of().addTo(changed);
    changed.add(header("playlog.offset", "two"));

    assertThat(DeadLetter.read(changed)).isEmpty();
    assertThat(DeadLetter.read(new RecordHeaders())).isEmpty();
    assertThat(DeadLetter.read(List.of(header("playlog.reason", "not-json")))).isEmpty();
  }

  private static Origin originOf(String... replayedFrom) {
    Header[] headers =
        Arrays.stream(replayedFrom)
            .map(origin -> header("playlog.replayed-from", origin))
            .toArray(Header[]::new);
    return DeadLetter.originOf(
        new Message(null, null, 3, 42, TIMESTAMP, List.of(headers)), "spotify");
  }

  @Test
  void aReplayedMessageStoodFirstWhereItsOriginalDid() {
    assertThat(originOf()).isEqualTo(new Origin(3, 42, false));
    assertThat(originOf("spotify/1/7")).isEqualTo(new Origin(1, 7, true));
    assertThat(originOf("spotify/1/9", "spotify/1/7")).isEqualTo(new Origin(1, 7, true));
    assertThat(of(header("playlog.replayed-from", "spotify/1/7")).originOf(List.of()))
        .isEqualTo(new Origin(3, 42, true));
  }

  @Test
  void anOriginThatIsNoneOfThisTopicCountsForNothing() {
    Origin here = new Origin(3, 42, false);
    assertThat(originOf("other/1/7")).isEqualTo(here);
    assertThat(originOf("spotify/1")).isEqualTo(here);
    assertThat(originOf("spotify/1/7/1")).isEqualTo(here);
    assertThat(originOf("spotify/one/7")).isEqualTo(here);
    assertThat(originOf("spotify/1/99999999999999999999")).isEqualTo(here);
  }
}
