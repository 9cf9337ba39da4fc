package io.playlog.jobs.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenMessage;
import io.playlog.store.Records.Told;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes listens as ListenBrainz exports them: one JSON object a line. What its format has no field
 * for stands in {@code additional_info}, where Playlog's own import finds it: the millisecond, and
 * where the listen came from first.
 */
final class ListenBrainzWriter implements Closeable {
  private static final long MILLIS = 1000;

  private final JsonGenerator json;

  /**
   * @param out not closed
   */
  ListenBrainzWriter(OutputStream out) throws IOException {
    this.json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  void write(Told told) throws IOException {
    Listen listen = told.listen();
    Details details = ListenMessage.fitting(listen.details());
    json.writeStartObject();
    json.writeNumberField("listened_at", Math.floorDiv(listen.eventTimestamp(), MILLIS));
    json.writeObjectFieldStart("track_metadata");
    write("artist_name", details.artist());
    write("track_name", listen.song());
    write("release_name", details.album());
    json.writeObjectFieldStart("additional_info");
    write("submission_client", "Playlog");
    json.writeNumberField("event_timestamp", listen.eventTimestamp());
    write("duration_ms", told.durationMs());
    write("ms_played", details.msPlayed());
    write("source", details.source());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void write(String field, String text) throws IOException {
    if (text != null) {
      json.writeStringField(field, text);
    }
  }

  private void write(String field, Integer number) throws IOException {
    if (number != null) {
      json.writeNumberField(field, number);
    }
  }

  @Override
  public void close() throws IOException {
    if (json.getOutputContext().hasCurrentIndex()) {
      json.writeRaw('\n');
    }
    json.close();
  }
}
