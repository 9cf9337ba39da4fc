package io.playlog.producer.songs;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractLongAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed catalogue: that it is the generated one, and has what real ones have. */
class GeneratedCatalogueTest {
  private static final Path COMMITTED = Path.of("../data/spotify-songs.csv");
  private static final Catalogue CATALOGUE = Catalogue.read(COMMITTED);
  private static final List<Song> SONGS = CATALOGUE.songs();

  @Test
  void isWhatTheGeneratorMakes(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("made.csv");

    GenerateCatalogueCommand.write(
        new SongGenerator(GenerateCatalogueCommand.SEED).generate(GenerateCatalogueCommand.SONGS),
        made);

    assertThat(Files.mismatch(made, COMMITTED))
        .as(
            "position of the first difference; make the file again with `java -jar"
                + " producer/target/producer.jar generate-catalogue --output data/spotify-songs.csv`")
        .isEqualTo(-1);
  }

  @Test
  void everyRowIsASong() {
    assertThat(SONGS).hasSize(6000);
    assertThat(CATALOGUE.summary())
        .startsWith("6,000 songs; rows left out: 0 that cannot be used, 0 repeated;");
  }

  @Test
  void quotesEveryField() throws IOException {
    List<String> lines = Files.readAllLines(COMMITTED);

    assertThat(lines.get(0))
        .isEqualTo("\"" + String.join("\",\"", GeneratedSong.HEADER) + "\"")
        .startsWith("\"name\",\"artists\",\"duration_ms\",\"album_name\",");
    assertThat(lines).allMatch(line -> line.startsWith("\"") && line.endsWith("\""));
    assertThat(lines).anyMatch(line -> line.contains("\"\""));
    assertThat(Files.readString(COMMITTED)).endsWith("\"\n").doesNotContain("\r");
  }

  @ParameterizedTest
  @CsvSource({
    "[\"], 50, 200",
    "'[,]', 500, 2000",
    "[áéíóúñãõçàèêôûÉÀ], 500, 2000",
    "\\p{IsCyrillic}, 200, 600",
    "\\p{IsGreek}, 50, 300",
    "\\p{IsThai}, 50, 300",
    "\\p{IsHan}, 200, 800",
    "[\\p{IsHiragana}\\p{IsKatakana}], 100, 500",
    "\\p{IsHangul}, 100, 500",
    "\\p{IsArabic}, 20, 200",
    "[^\\x{0}-\\x{FFFF}], 30, 200"
  })
  void namesHaveWhatRealOnesHave(String pattern, int least, int most) {
    Predicate<String> holds = Pattern.compile(pattern).asPredicate();

    counting(song -> holds.test(song.name())).isBetween((long) least, (long) most);
  }

  @Test
  void aThirdHasSeveralArtists() {
    counting(song -> text(song, SongColumn.ARTISTS).contains(", ")).isBetween(1800L, 2200L);
  }

  @Test
  void aFewLackAlbumOrDate() {
    counting(song -> song.get(SongColumn.ALBUM_NAME) == null).isEqualTo(4);
    counting(song -> song.get(SongColumn.ALBUM_RELEASE_DATE) == null).isEqualTo(4);
    counting(
            song ->
                song.get(SongColumn.ALBUM_NAME) == null
                    && song.get(SongColumn.ALBUM_RELEASE_DATE) == null)
        .isEqualTo(2);
  }

  @Test
  void featuresLieInTheirRanges() {
    assertThat(SONGS)
        .allSatisfy(
            song -> {
              assertThat(
                      List.of(
                          number(song, SongColumn.DANCEABILITY),
                          number(song, SongColumn.ENERGY),
                          number(song, SongColumn.SPEECHINESS),
                          number(song, SongColumn.ACOUSTICNESS),
                          number(song, SongColumn.INSTRUMENTALNESS),
                          number(song, SongColumn.LIVENESS),
                          number(song, SongColumn.VALENCE)))
                  .allMatch(feature -> feature >= 0 && feature <= 1);
              assertThat(Integer.parseInt(text(song, SongColumn.KEY))).isBetween(0, 11);
              assertThat(text(song, SongColumn.MODE)).isIn("0", "1");
              assertThat(number(song, SongColumn.LOUDNESS)).isBetween(-30f, 0f);
              assertThat(number(song, SongColumn.TEMPO)).isBetween(60f, 200f);
              assertThat((int) song.get(SongColumn.DURATION_MS)).isBetween(90_000, 420_000);
            });
    counting(
            song ->
                number(song, SongColumn.INSTRUMENTALNESS) > 0
                    && number(song, SongColumn.INSTRUMENTALNESS) < 1e-4)
        .isGreaterThan(500);
  }

  private static float number(Song song, SongColumn column) {
    return (float) song.get(column);
  }

  private static String text(Song song, SongColumn column) {
    return (String) song.get(column);
  }

  private static AbstractLongAssert<?> counting(Predicate<Song> which) {
    return assertThat(SONGS.stream().filter(which).count());
  }
}
