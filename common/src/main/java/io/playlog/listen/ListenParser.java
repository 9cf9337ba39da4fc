package io.playlog.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads and checks messages. The verdict depends on the message alone, never on the clock or the
 * catalogue, so that a replay gives the same one.
 */
public final class ListenParser {
  /** A listen of an earlier time is not valid, nor is one in a message of an earlier time. */
  public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /**
   * A record timestamp from here on is no time: seconds, microseconds, nanoseconds and -1, taken
   * for milliseconds, all lie outside of the century that begins with {@link #EARLIEST}.
   */
  public static final Instant RECORD_END = Instant.parse("2100-01-01T00:00:00Z");

  /** How far a listen may lie ahead of its message's record timestamp. */
  public static final Duration MAX_AHEAD = Duration.ofDays(1);

  /**
   * Keeps no table of field names: it is shared by all messages and refuses names whose hashes
   * collide, so that a verdict would depend on earlier messages. Numbers and texts of any length
   * are JSON.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private ListenParser() {}

  /**
   * @param value the message's value, may be null
   * @param recordTimestamp the message's record timestamp, milliseconds since the epoch; the
   *     producer's own where the topic does not have the brokers' times, so that it may be anything
   * @throws RejectedException if the message is invalid
   */
  public static Listen parse(byte[] value, long recordTimestamp) throws RejectedException {
    if (value == null || value.length == 0) {
      throw new RejectedException(RejectReason.NO_VALUE);
    }
    String text = utf8(value);
    ListenFields fields = new ListenFields();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        requireEnd(json);
        throw new RejectedException(RejectReason.NOT_AN_OBJECT);
      }
      fields.read(json);
      requireEnd(json);
    } catch (IOException e) {
      throw new RejectedException(RejectReason.NOT_JSON);
    }
    return fields.check(recordTimestamp);
  }

  private static void requireEnd(JsonParser json) throws IOException, RejectedException {
    if (json.currentToken() == null || json.nextToken() != null) {
      throw new RejectedException(RejectReason.NOT_JSON);
    }
  }

  /** Strict: overlong and surrogate sequences are refused, and UTF-16 is not the wire form. */
  private static String utf8(byte[] value) throws RejectedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedException(RejectReason.NOT_UTF8);
    }
  }
}
