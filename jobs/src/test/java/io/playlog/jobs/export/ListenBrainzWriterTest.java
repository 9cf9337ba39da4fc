package io.playlog.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenMessage;
import io.playlog.listen.RejectedException;
import io.playlog.listenbrainz.ListenBrainzFields;
import io.playlog.store.Records.Told;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenBrainzWriterTest {
  private static String written(List<Told> listens) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ListenBrainzWriter writer = new ListenBrainzWriter(out)) {
      for (Told listen : listens) {
        writer.write(listen);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aListenIsALine() throws IOException {
    Details details = new Details("Sigur Rós", "Ágætis byrjun", 1234, "lastfm");
    assertThat(
            written(
                List.of(
                    new Told(new Listen("Ada", "Svefn-g-englar", 1_700_000_000_987L, details), 600),
                    new Told(new Listen("Ada", "\"Intro\"", 1_700_000_001_000L), null))))
        .isEqualTo(
            """
            {"listened_at":1700000000,"track_metadata":{"artist_name":"Sigur Rós","track_name":"Svefn-g-englar",\
            "release_name":"Ágætis byrjun","additional_info":{"submission_client":"Playlog",\
            "event_timestamp":1700000000987,"duration_ms":600,"ms_played":1234,"source":"lastfm"}}}
            {"listened_at":1700000001,"track_metadata":{"track_name":"\\"Intro\\"",\
            "additional_info":{"submission_client":"Playlog","event_timestamp":1700000001000}}}
            """);
  }

  /** Texts of the catalogue have no bound. */
  @Test
  void whatIsWrittenIsWhatAMessageMayHave() throws Exception {
    long time = 1_700_000_000_987L;
    Map<Details, Details> expected = new LinkedHashMap<>();
    String longest = "🎧".repeat(1024);
    expected.put(
        new Details(longest, longest, 1, "s".repeat(64)),
        new Details(longest, longest, 1, "s".repeat(64)));
    expected.put(
        new Details("a".repeat(1025), "b", 1, "lastfm"), new Details(null, "b", 1, "lastfm"));
    expected.put(
        new Details("a", "\u0915\u093C".repeat(513), 1, "s".repeat(65)),
        new Details("a", null, 1, null));
    for (Details stored : expected.keySet()) {
      String line = written(List.of(new Told(new Listen("Ada", "One", time, stored), null)));

      Listen read = read(line);

      assertThat(read).isEqualTo(new Listen("Ada", "One", time, expected.get(stored)));
    }
  }

  /** As an import reads it, and the stream after that. */
  private static Listen read(String line) throws IOException, RejectedException {
    ListenBrainzFields fields = new ListenBrainzFields();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.field(name, json);
        json.skipChildren();
      }
    }
    long start = fields.start().orElseThrow();
    return ListenMessage.of("Ada", fields.song(), start, fields.details(), start).listen();
  }

  /** A file without listens has no line either. */
  @Test
  void noListenIsNoLine() throws IOException {
    assertThat(written(List.of())).isEmpty();
  }
}
