package io.playlog.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a message is, it is a listen that can be written again, or rejected with a reason. */
class MutatedMessagesTest {
  private static final int MESSAGES = 20_000;
  private static final long SENT = 1_708_898_400_123L;
  private static final List<byte[]> SEEDS =
      List.of(
          bytes("{\"name\":\"Ada\",\"song\":\"Río 🎵\",\"event_timestamp\":\"1708898400123\"}"),
          bytes(
              "{\"x\":[1,{\"y\":null}],\"name\":\"\\ud83c\\udfb5\",\"song\":\"s\",\"event_timestamp\":1708898400123}"),
          bytes(
              "{\"name\":\"n\",\"artist\":\"Zoë, Z\",\"album\":\"a\",\"ms_played\":\"214994\",\"source\":\"x\",\"song\":\"s\",\"event_timestamp\":1708898400123}"),
          bytes("[{\"name\":\"n\"}]"));
  private static final List<byte[]> PARTS =
      List.of(
          bytes("{"),
          bytes("}"),
          bytes("["),
          bytes("]"),
          bytes("\""),
          bytes(","),
          bytes(":"),
          bytes("\\"),
          bytes("\\ud800"),
          bytes("null"),
          bytes("-1e9"),
          bytes("\0"),
          bytes("é"),
          bytes("🎵"),
          bytes(" "),
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xed, (byte) 0xa0},
          bytes("\"name\":"),
          bytes("\"song\":"),
          bytes("\"event_timestamp\":"),
          bytes("\"artist\":"),
          bytes("\"ms_played\":"),
          bytes("\"source\":"),
          new byte[0]);

  @Test
  void areListensOrRejected() {
    long seed = System.nanoTime();
    System.out.println("MutatedMessagesTest: seed " + seed);
    Random random = new Random(seed);
    int listens = 0;
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] message = SEEDS.get(random.nextInt(SEEDS.size()));
      for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
        message = mutate(message, random);
      }
      try {
        Listen listen = ListenParser.parse(message, SENT);
        listens++;
        assertThat(ListenParser.parse(ListenJson.toBytes(listen), SENT)).isEqualTo(listen);
      } catch (RejectedException e) {
        reasons.add(e.reason());
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed %d, message %d: %s".formatted(seed, i, Arrays.toString(message)), e);
      }
    }
    assertThat(listens).as("listens, seed %d", seed).isBetween(1, MESSAGES - 1);
    assertThat(reasons).as("reasons, seed %d", seed).hasSizeGreaterThan(5);
  }

  /** Replaces a few bytes, or none, at a random place. */
  private static byte[] mutate(byte[] message, Random random) {
    int from = random.nextInt(message.length + 1);
    int to = from + random.nextInt(Math.min(4, message.length - from + 1));
    byte[] part =
        random.nextInt(4) == 0
            ? new byte[] {(byte) random.nextInt(256)}
            : PARTS.get(random.nextInt(PARTS.size()));
    byte[] mutated = new byte[from + part.length + message.length - to];
    System.arraycopy(message, 0, mutated, 0, from);
    System.arraycopy(part, 0, mutated, from, part.length);
    System.arraycopy(message, to, mutated, from + part.length, message.length - to);
    return mutated;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
