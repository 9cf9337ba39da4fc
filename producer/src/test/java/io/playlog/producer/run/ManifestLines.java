package io.playlog.producer.run;

import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.playlog.listen.Listen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a manifest as others would: lines end with a newline, fields with a tab. */
final class ManifestLines {
  private static final JsonFactory JSON = new JsonFactory();

  private ManifestLines() {}

  /** Listens by event, in the file's order. */
  static Map<String, List<Listen>> read(Path file) throws IOException {
    Map<String, List<Listen>> listens = new HashMap<>();
    for (String event : List.of("sent", "acknowledged", "failed")) {
      listens.put(
          event,
          Stream.of(Files.readString(file).split("\n"))
              .filter(line -> line.startsWith(event + "\t"))
              .map(ManifestLines::listen)
              .collect(toList()));
    }
    return listens;
  }

  private static Listen listen(String line) {
    String[] fields = line.split("\t");
    return new Listen(text(fields[2]), text(fields[3]), Long.parseLong(fields[1]));
  }

  private static String text(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return parser.nextTextValue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
