package io.playlog.web.submission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactory.Feature;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenMessage;
import io.playlog.listen.RejectedException;
import io.playlog.listenbrainz.ListenBrainzFields;
import io.playlog.names.Names;
import io.playlog.values.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a request submits: {@code {"listen_type": "single", "payload": [{"listened_at": 1764000000,
 * "track_metadata": {"track_name": …, "artist_name": …}}]}}. It is taken as a whole or not at all.
 */
final class Submission {
  static final int MAX_LISTENS = 1_000;

  /** As it stands in the request. */
  static final int MAX_LISTEN_BYTES = 10_240;

  /** When the first player ever submitted a listen to anybody. */
  private static final Instant EARLIEST = Instant.parse("2002-10-01T00:00:00Z");

  /**
   * The stream takes listens that are a day ahead of the broker's clock: so no clock is wrong
   * enough for what is taken here to be refused there.
   */
  private static final Duration MAX_AHEAD = Duration.ofHours(1);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(Feature.INTERN_FIELD_NAMES)
          .disable(Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(RequestBody.MAX_BYTES).build())
          .build();

  private final String type;
  private final List<ListenBrainzFields> listens;

  private Submission(String type, List<ListenBrainzFields> listens) {
    this.type = type;
    this.listens = listens;
  }

  /**
   * Reads a request's body.
   *
   * @throws Problem if it is none
   * @throws IOException if it cannot be read to its end
   */
  static Submission read(RequestBody body) throws Problem, IOException {
    try (JsonParser json = JSON.createParser((InputStream) body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.refused("found no JSON object, expected one with listen_type and payload");
      }
      if (json.currentLocation().getByteOffset() < 0) {
        throw Problem.refused("found UTF-16 or UTF-32, expected UTF-8");
      }
      String type = null;
      List<ListenBrainzFields> listens = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("listen_type")) {
          type = JsonValues.text(json);
        } else if (name.equals("payload")) {
          listens = readPayload(json);
        }
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw Problem.refused("found something after the end of the JSON object");
      }
      return new Submission(type, checked(type, listens));
    } catch (JsonProcessingException e) {
      // Its message has parts of the text.
      throw Problem.refused(
          e.getLocation() == null
              ? "found JSON that cannot be read"
              : "found broken JSON at byte %d".formatted(e.getLocation().getByteOffset()));
    } catch (RequestBody.BoundException e) {
      throw Problem.refused(e.getMessage());
    }
  }

  private static List<ListenBrainzFields> readPayload(JsonParser json) throws Problem, IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Problem.refused("payload: found no array, expected one of listens");
    }
    List<ListenBrainzFields> listens = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (listens.size() == MAX_LISTENS) {
        throw Problem.refused("payload: found more than %,d listens".formatted(MAX_LISTENS));
      }
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw Problem.refused(
            "payload[%d]: found no object, expected a listen".formatted(listens.size()));
      }
      long start = json.currentLocation().getByteOffset() - 1;
      ListenBrainzFields fields = new ListenBrainzFields();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        fields.field(name, json);
        json.skipChildren();
      }
      long size = json.currentLocation().getByteOffset() - start;
      if (size > MAX_LISTEN_BYTES) {
        throw Problem.refused(
            "payload[%d]: found a listen of %,d bytes, expected %,d at most"
                .formatted(listens.size(), size, MAX_LISTEN_BYTES));
      }
      listens.add(fields);
    }
    return listens;
  }

  private static List<ListenBrainzFields> checked(String type, List<ListenBrainzFields> listens)
      throws Problem {
    if (type == null || !List.of("single", "import", "playing_now").contains(type)) {
      throw Problem.refused("listen_type: expected single, import or playing_now");
    }
    if (listens == null || listens.isEmpty()) {
      throw Problem.refused("payload: found no listen");
    }
    if (!type.equals("import") && listens.size() > 1) {
      throw Problem.refused(
          "payload: found %d listens, expected one for listen_type %s"
              .formatted(listens.size(), type));
    }
    return listens;
  }

  /**
   * The messages that the stream stores, by its own rules; none for what is only playing now.
   *
   * @param now milliseconds since the epoch
   * @throws Problem if there is a listen that it would refuse, or ListenBrainz
   */
  List<ListenMessage> messages(String listener, long now) throws Problem {
    boolean isPlayingNow = type.equals("playing_now");
    List<ListenMessage> messages = new ArrayList<>(listens.size());
    for (int i = 0; i < listens.size(); i++) {
      ListenBrainzFields fields = listens.get(i);
      try {
        Details details = fields.details();
        if (details.artist() == null || Names.isBlank(details.artist())) {
          throw refused(i, "track_metadata.artist_name: found no text, expected the artist's name");
        }
        long start = isPlayingNow ? noTime(i, fields, now) : start(i, fields, now);
        messages.add(ListenMessage.of(listener, fields.song(), start, details, now));
      } catch (RejectedException e) {
        throw refused(i, e.reason().code());
      }
    }
    return isPlayingNow ? List.of() : messages;
  }

  private static long noTime(int index, ListenBrainzFields fields, long now) throws Problem {
    if (fields.hasTime()) {
      throw refused(index, "listened_at: expected none for listen_type playing_now");
    }
    return now;
  }

  private static long start(int index, ListenBrainzFields fields, long now) throws Problem {
    OptionalLong found = fields.start();
    if (found.isEmpty()) {
      throw refused(
          index, "listened_at: expected when it began, in seconds since 1970, such as 1764000000");
    }
    long start = found.getAsLong();
    if (start < EARLIEST.toEpochMilli()) {
      throw refused(index, "listened_at: found a time before %s".formatted(EARLIEST));
    }
    if (start > now + MAX_AHEAD.toMillis()) {
      throw refused(index, "listened_at: found a time that is not yet");
    }
    return start;
  }

  private static Problem refused(int index, String reason) {
    return Problem.refused("payload[%d]: %s".formatted(index, reason));
  }
}
