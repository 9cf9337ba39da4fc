package io.playlog.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.JobRun;
import io.playlog.listen.Listen;
import io.playlog.store.Records.Told;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is whole, or it is told and nothing is replaced. */
class ExportTest {
  private static final Told LISTEN = new Told(new Listen("Ada", "Sóng", 1_700_000_000_000L), null);

  @TempDir private Path folder;

  private static void assertNotExported(Runnable export) {
    assertThatThrownBy(export::run)
        .isInstanceOfSatisfying(
            PlaylogException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_EXPORTED));
  }

  private void assertOnlyTheOldOne(Path file) throws IOException {
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileIsReplacedByAWholeOne() throws IOException {
    Path file = Files.writeString(folder.resolve("ada.jsonl"), "old");

    assertThat(new Export(List.of(LISTEN, LISTEN)).toFile(file)).isEqualTo(2);

    assertThat(Files.readString(file).lines()).hasSize(2).allMatch(line -> line.contains("Sóng"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whoHasNoListensHasNoExport() throws IOException {
    Path file = Files.writeString(folder.resolve("ada.jsonl"), "old");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertNotExported(() -> new Export(List.of()).toFile(file));
    assertNotExported(() -> new Export(List.of()).to(out));

    assertOnlyTheOldOne(file);
    assertThat(out.size()).isZero();
  }

  /** As when Cassandra stops answering. */
  @Test
  void whatFailsInTheMiddleLeavesNoPart() throws IOException {
    Path file = Files.writeString(folder.resolve("ada.jsonl"), "old");
    Iterator<Told> failing =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(
                i -> {
                  if (i == 10_000) {
                    throw new IllegalStateException("no answer");
                  }
                  return LISTEN;
                })
            .iterator();

    assertThatThrownBy(() -> new Export(() -> failing).toFile(file)).hasMessage("no answer");

    assertOnlyTheOldOne(file);
  }

  @Test
  void whereNothingCanBeWrittenIsTold() throws IOException {
    Path noFolder = Files.writeString(folder.resolve("file"), "old").resolve("ada.jsonl");
    assertNotExported(() -> new Export(List.of(LISTEN)).toFile(noFolder));

    Path full = Files.createDirectory(folder.resolve("full.jsonl"));
    Files.writeString(full.resolve("x"), "");
    assertNotExported(() -> new Export(List.of(LISTEN)).toFile(full));
    assertThat(folder.resolve("full.jsonl.part")).doesNotExist();
  }

  /** A pipe whose reader has gone, or a full disk. */
  @Test
  void standardOutputThatTakesNothingIsTold() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int written) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertNotExported(() -> new Export(List.of(LISTEN)).to(broken));
  }

  @Test
  void standardOutputIsUtf8() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(new Export(List.of(LISTEN)).to(out)).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"Sóng\"").endsWith("}\n");
  }

  @Test
  void aNameThatTheLocaleHasSpoiltIsRefused() {
    JobRun run =
        JobRun.of(Path.of("/nowhere/application.conf"), "export", "--listener", "Zo\uFFFD");
    assertThat(run.error())
        .startsWith("PL-100")
        .contains("could not be read in the shell's locale; set LC_ALL=C.UTF-8");
  }
}
