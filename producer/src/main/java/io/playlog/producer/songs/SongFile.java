package io.playlog.producer.songs;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The catalogue's CSV: UTF-8, LF, every field quoted. */
final class SongFile {
  private SongFile() {}

  static void write(List<GeneratedSong> songs, Path file) throws IOException {
    try (CsvWriter csv =
        CsvWriter.builder()
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .lineDelimiter(LineDelimiter.LF)
            .build(file)) {
      csv.writeRecord(GeneratedSong.HEADER);
      songs.forEach(song -> csv.writeRecord(song.fields()));
    }
  }
}
