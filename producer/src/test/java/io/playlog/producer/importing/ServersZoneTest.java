package io.playlog.producer.importing;

import static io.playlog.producer.importing.SpotifyTest.array;
import static io.playlog.producer.importing.SpotifyTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times without an offset are UTC, wherever the program runs. */
class ServersZoneTest {
  @TempDir private Path folder;
  private final TimeZone before = TimeZone.getDefault();
  private Imports imports;

  @BeforeEach
  void moveToIndia() {
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    imports = new Imports(folder);
  }

  @AfterEach
  void moveBack() {
    TimeZone.setDefault(before);
  }

  @Test
  void timesOfAllFormatsAreUtc() throws IOException {
    imports.write(
        "1.json",
        array(
            row("ts", "\"2019-03-10T02:30:00Z\"", "ms_played", "60000"),
            row("ts", "\"2019-03-10 02:31:00\"", "ms_played", "60000"),
            row("ts", "\"2019-03-10 02:32:00 UTC\"", "ms_played", "60000"),
            row("ts", "\"2019-03-10T04:33:00+02:00\"", "ms_played", "60000")));
    imports.write(
        "2.json",
        "[{\"endTime\":\"2021-05-01 10:15\",\"artistName\":\"A\",\"trackName\":\"S\",\"msPlayed\":60000}]");
    imports.write("3.csv", "A,B,T,24 Nov 2025 16:00\nA,B,T,\"24 Nov 2025, 16:01\"\n");
    imports.write("4.csv", "uts,utc_time,artist,track\n1764000000,\"24 Nov 2025, 16:00\",A,U\n");

    imports.run();

    assertThat(imports.sent())
        .containsExactly(
            "Song One 2019-03-10T02:29:00Z",
            "Song One 2019-03-10T02:30:00Z",
            "Song One 2019-03-10T02:31:00Z",
            "Song One 2019-03-10T02:32:00Z",
            "S 2021-05-01T10:14:00Z",
            "T 2025-11-24T16:00:00Z",
            "T 2025-11-24T16:01:00Z",
            "U 2025-11-24T16:00:00Z");
  }
}
