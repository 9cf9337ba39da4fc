package io.playlog.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.store.Records.Told;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenBrainzWriterTest {
  private static String written(List<Told> listens) throws IOException {
    StringWriter out = new StringWriter();
    try (ListenBrainzWriter writer = new ListenBrainzWriter(out)) {
      for (Told listen : listens) {
        writer.write(listen);
      }
    }
    return out.toString();
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

  /** A file without listens has no line either. */
  @Test
  void noListenIsNoLine() throws IOException {
    assertThat(written(List.of())).isEmpty();
  }
}
