package io.playlog.local.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That Cassandra replays what has been marked is tried by scripts/test-faults.sh. */
class UnmarkedWritesTest {
  private static final long ID = 1_795_737_573_416L;

  @TempDir private Path folder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1000);
  private int marker;

  @BeforeEach
  void begin() {
    bytes.putInt(7).putLong(ID).putShort((short) 2).put("{}".getBytes(StandardCharsets.UTF_8));
    bytes.putInt(0); // the header's checksum
    section();
  }

  private void section() {
    marker = bytes.position();
    bytes.putInt(0).putInt(0);
  }

  private void endSection() {
    bytes.putInt(marker, bytes.position()).putInt(marker + 4, markerChecksum(marker));
    section();
  }

  private static int markerChecksum(int marker) {
    return checksum(
        ByteBuffer.allocate(12).putInt((int) ID).putInt((int) (ID >>> 32)).putInt(marker));
  }

  private static int checksum(ByteBuffer summed) {
    CRC32 crc = new CRC32();
    crc.update(summed.array(), 0, summed.position());
    return (int) crc.getValue();
  }

  private void write(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer summed = ByteBuffer.allocate(100).putInt(content.length);
    bytes.putInt(content.length).putInt(checksum(summed));
    bytes.put(content).putInt(checksum(summed.put(content)));
  }

  private Path segment() throws IOException {
    return Files.write(folder.resolve("CommitLog-7-" + ID + ".log"), bytes.array());
  }

  private void assertNothingIsFound() throws IOException {
    Path segment = segment();
    byte[] before = Files.readAllBytes(segment);
    assertThat(UnmarkedWrites.mark(folder)).isZero();
    assertThat(Files.readAllBytes(segment)).isEqualTo(before);
  }

  @Test
  void theLastSectionGetsItsMarker() throws IOException {
    write("one");
    endSection();
    write("two");
    write("three");
    int end = bytes.position();

    Path segment = segment();
    assertThat(UnmarkedWrites.mark(folder)).isEqualTo(2);

    ByteBuffer found = ByteBuffer.wrap(Files.readAllBytes(segment));
    assertThat(found.getInt(marker)).isEqualTo(end);
    assertThat(found.getInt(marker + 4)).isEqualTo(markerChecksum(marker));
    assertThat(UnmarkedWrites.mark(folder)).isZero();
  }

  @Test
  void whatWasBeingWrittenIsLeftOut() throws IOException {
    write("one");
    int end = bytes.position();
    write("half of it");
    bytes.position(bytes.position() - 6).putShort((short) 0).putInt(0);

    Path segment = segment();
    assertThat(UnmarkedWrites.mark(folder)).isEqualTo(1);
    assertThat(ByteBuffer.wrap(Files.readAllBytes(segment)).getInt(marker)).isEqualTo(end);
  }

  @Test
  void whereAllIsMarkedNothingIsFound() throws IOException {
    write("one");
    endSection();
    assertNothingIsFound();
  }

  @Test
  void aSegmentThatEndsInTheMiddleIsLeftAlone() throws IOException {
    bytes
        .position(bytes.limit() - 8)
        .putInt(100)
        .putInt(checksum(ByteBuffer.allocate(4).putInt(100)));
    bytes.putInt(marker, bytes.limit() - 8).putInt(marker + 4, markerChecksum(marker));
    assertNothingIsFound();
  }

  @Test
  void aDamagedSizeIsLeftAlone() throws IOException {
    bytes
        .putInt(Integer.MAX_VALUE)
        .putInt(checksum(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE)));
    assertNothingIsFound();
  }

  @Test
  void anotherVersionIsLeftAlone() throws IOException {
    write("one");
    bytes.putInt(0, 8);
    assertNothingIsFound();
  }

  @Test
  void beforeTheFirstStartThereAreNone() throws IOException {
    assertThat(UnmarkedWrites.mark(folder.resolve("commitlog"))).isZero();
  }
}
