package io.playlog.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and checks messages. The verdict depends on the message alone, never on the clock or the
 * catalogue, so that a replay gives the same one.
 */
public final class ListenParser {
  /** Without charset detection: UTF-16 is not the wire form. Without interning: names are input. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private ListenParser() {}

  /**
   * @param value the message's value, may be null
   * @param kafkaTimestamp the message's timestamp, milliseconds since the epoch
   * @throws RejectedException if it is no listen
   */
  public static Listen parse(byte[] value, long kafkaTimestamp) throws RejectedException {
    if (value == null || value.length == 0) {
      throw new RejectedException(RejectReason.NO_VALUE);
    }
    requireUtf8(value);
    ListenFields fields = new ListenFields();
    try (JsonParser json = JSON.createParser(value)) {
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
    return fields.check(kafkaTimestamp);
  }

  private static void requireEnd(JsonParser json) throws IOException, RejectedException {
    if (json.currentToken() == null || json.nextToken() != null) {
      throw new RejectedException(RejectReason.NOT_JSON);
    }
  }

  /** The JSON parser lets overlong and surrogate sequences pass; most messages are plain ASCII. */
  private static void requireUtf8(byte[] value) throws RejectedException {
    for (byte b : value) {
      if (b < 0) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
          return;
        } catch (CharacterCodingException e) {
          throw new RejectedException(RejectReason.NOT_UTF8);
        }
      }
    }
  }
}
