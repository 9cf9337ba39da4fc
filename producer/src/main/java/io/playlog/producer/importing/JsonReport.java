package io.playlog.producer.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.playlog.producer.importing.SeenListens.Alike;
import io.playlog.producer.importing.formats.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object for programs, written while the files are read, in ASCII. */
final class JsonReport implements Report {
  private final PrintWriter out;
  private final JsonGenerator json;
  private final Map<String, String> notRecognised = new LinkedHashMap<>();
  private boolean hasAlike;

  JsonReport(PrintWriter out) {
    this.out = out;
    try {
      json =
          JsonFactory.builder()
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .build()
              .createGenerator(out);
      json.writeStartObject();
      json.writeArrayFieldStart("lines");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void line(Kind kind, Place place, String reason) {
    try {
      json.writeStartObject();
      json.writeStringField("kind", kind.key());
      json.writeStringField("file", place.file());
      if (place.unit() != null) {
        json.writeNumberField(place.unit(), place.number());
      }
      if (reason != null) {
        json.writeStringField("reason", reason);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void notRecognised(String file, String found) {
    notRecognised.put(file, found);
  }

  @Override
  public void alike(Alike alike) {
    try {
      beginAlike();
      json.writeStartObject();
      json.writeStringField("song", alike.song());
      writeListen(alike.first(), alike.firstSource(), "first");
      writeListen(alike.second(), alike.secondSource(), "second");
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void beginAlike() throws IOException {
    if (!hasAlike) {
      json.writeEndArray();
      json.writeArrayFieldStart("alike");
      hasAlike = true;
    }
  }

  private void writeListen(long time, String source, String field) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("time", Instant.ofEpochMilli(time).toString());
    json.writeStringField("source", source);
    json.writeEndObject();
  }

  @Override
  public void end(Summary summary) {
    try {
      beginAlike();
      json.writeEndArray();
      json.writeArrayFieldStart("not_recognised");
      for (Map.Entry<String, String> file : notRecognised.entrySet()) {
        json.writeStartObject();
        json.writeStringField("file", file.getKey());
        json.writeStringField("found", file.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("damaged");
      for (String file : summary.damaged()) {
        json.writeString(file);
      }
      json.writeEndArray();
      json.writeNumberField("files", summary.files());
      json.writeBooleanField("complete", summary.isComplete());
      json.writeBooleanField("dry_run", summary.plan().isDryRun());
      json.writeNumberField("min_played_ms", summary.plan().minPlayed().toMillis());
      json.writeNumberField("in", summary.account().in());
      for (Kind kind : Kind.values()) {
        String key = kind == Kind.SENT && summary.plan().isDryRun() ? "to_send" : kind.key();
        json.writeNumberField(key, summary.account().count(kind));
      }
      json.writeEndObject();
      json.flush();
      out.println();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
