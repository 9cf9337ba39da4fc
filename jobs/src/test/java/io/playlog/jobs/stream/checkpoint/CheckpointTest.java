package io.playlog.jobs.stream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as Spark writes them, and what a power cut, a full disk or a person makes of them. */
class CheckpointTest {
  private static final Map<String, String> OWNER = Map.of("topic", "spotify", "keyspace", "k");

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().appName("test").getOrCreate();
    LocalCheckpointFiles.use(spark, "/tmp");
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  /** Three batches, the last of them not committed. */
  @BeforeEach
  void write() throws IOException {
    checkpoint().claim(OWNER);
    write("metadata", "{\"id\":\"4f2a3c0e-5d4e-4d2b-9c57-1d4f6f0c9a11\"}");
    write("sources/0/0", "\0v1\n{\"spotify\":{\"0\":0,\"1\":0}}");
    for (int batch = 0; batch <= 2; batch++) {
      write("offsets/" + batch, offsets("{\"spotify\":{\"0\":%d,\"1\":7}}".formatted(batch)));
    }
    for (int batch = 0; batch <= 1; batch++) {
      write("commits/" + batch, "v1\n{\"nextBatchWatermarkMs\":0}");
    }
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private static String offsets(String json) {
    return "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":1708898400123,\"conf\":{}}\n" + json;
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(spark, folder.toString());
  }

  /** As the stream does at its start. */
  private Offsets check() {
    assertThat(checkpoint().owner(OWNER.keySet())).contains(OWNER);
    return checkpoint().endOfLastCommitted("spotify").orElse(Offsets.NONE);
  }

  private static Offsets end(long batch) {
    return Offsets.of(Map.of(0, batch, 1, 7L));
  }

  private void delete(String file) throws IOException {
    FileUtils.forceDelete(folder.resolve(file).toFile());
  }

  private void assertDamaged(String file, String problem) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(this::check)
        .withMessageStartingWith("The checkpoint's file %s/%s %s", folder, file, problem)
        .withMessageContaining("delete the checkpoint " + folder + " and start the stream")
        .satisfies(
            damaged -> {
              assertThat(damaged.code()).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED);
              assertThat(damaged.code().exitCode()).isEqualTo(ExitCode.NOT_SET_UP);
            });
  }

  @Test
  void itsEndIsThatOfTheLastCommittedBatch() throws IOException {
    assertThat(check()).isEqualTo(end(1));

    write("commits/2", "v1\n{\"nextBatchWatermarkMs\":0}");
    assertThat(check()).isEqualTo(end(2));
  }

  @Test
  void aNewOneHasNone() throws IOException {
    FileUtils.cleanDirectory(folder.toFile());

    assertThat(checkpoint().owner(Set.of("topic"))).isEmpty();
    assertThat(checkpoint().endOfLastCommitted("spotify")).isEmpty();
  }

  @Test
  void oneWhoseFirstBatchIsNotCommittedHasNone() throws IOException {
    for (String file : new String[] {"commits/0", "commits/1", "offsets/1", "offsets/2"}) {
      delete(file);
    }

    assertThat(check()).isEqualTo(Offsets.NONE);
  }

  /** Its batches are replayed, or stored already: a batch is planned after the one before. */
  @Test
  void goesOnWithoutCommits() throws IOException {
    delete("commits");

    assertThat(check()).isEqualTo(end(1));
  }

  @Test
  void goesOnWithoutWhatSparkMakesAnewOrDoesNotRead() throws IOException {
    delete("metadata");
    delete("sources");
    delete("offsets/0");
    write("offsets/notes.txt", "no batch");
    write("offsets/.3.0f9a.tmp", "");

    assertThat(check()).isEqualTo(end(1));
  }

  static Stream<String> filesThatSparkReads() {
    return Stream.of("playlog.properties", "metadata", "offsets/1", "offsets/2", "commits/1");
  }

  @ParameterizedTest
  @MethodSource("filesThatSparkReads")
  void anEmptyFile(String file) throws IOException {
    write(file, "");
    assertDamaged(file, "");
  }

  @ParameterizedTest
  @MethodSource("filesThatSparkReads")
  void aFileOfZeros(String file) throws IOException {
    write(file, "\0".repeat(100));
    assertDamaged(file, "");
  }

  @ParameterizedTest
  @MethodSource("filesThatSparkReads")
  void aFileThatIsCutOff(String file) throws IOException {
    String whole = Files.readString(folder.resolve(file));
    write(file, whole.substring(0, file.equals("playlog.properties") ? 5 : whole.length() - 3));
    assertDamaged(file, "");
  }

  @ParameterizedTest
  @MethodSource("filesThatSparkReads")
  void bytesThatAreNoText(String file) throws IOException {
    Files.write(folder.resolve(file), new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff, 0, 10});
    assertDamaged(file, "");
  }

  @ParameterizedTest
  @MethodSource("filesThatSparkReads")
  void aFolderInItsPlace(String file) throws IOException {
    delete(file);
    Files.createDirectories(folder.resolve(file));
    assertDamaged(file, "");
  }

  /** Hadoop looks at it, and Spark's own files have one. */
  @ParameterizedTest
  @MethodSource("filesThatSparkReads")
  void aChecksumOfAnotherFile(String file) throws IOException {
    var other = new org.apache.hadoop.fs.Path(folder + "/other");
    try (var out = other.getFileSystem(spark.sparkContext().hadoopConfiguration()).create(other)) {
      out.write(1);
    }
    Path path = folder.resolve(file);
    Files.move(
        folder.resolve(".other.crc"),
        path.resolveSibling("." + path.getFileName() + ".crc"),
        StandardCopyOption.REPLACE_EXISTING);
    assertDamaged(file, "");
  }

  @Test
  void aMissingOwner() throws IOException {
    delete("playlog.properties");
    assertDamaged("playlog.properties", "is missing");
  }

  @Test
  void missingOffsets() throws IOException {
    delete("offsets/1");
    assertDamaged("offsets/1", "is missing");
  }

  @Test
  void missingOffsetsOfACommittedBatch() throws IOException {
    delete("offsets/2");
    delete("offsets/1");
    assertDamaged("offsets/1", "is missing");

    delete("offsets");
    assertDamaged("offsets/1", "is missing");
  }

  @Test
  void offsetsOfAnotherTopic() throws IOException {
    write("offsets/2", offsets("{\"other\":{\"0\":1}}"));
    assertDamaged("offsets/2", "cannot be read: it has no offsets of topic spotify");
  }

  @Test
  void offsetsThatNoTopicHas() throws IOException {
    write("offsets/1", offsets("{\"spotify\":{\"0\":-2,\"1\":7}}"));
    assertDamaged(
        "offsets/1", "cannot be read: found the offsets {0=-2, 1=7}, expected none below 0");
  }

  @Test
  void aVersionThatSparkDoesNotKnow() throws IOException {
    write("offsets/2", offsets("{\"spotify\":{\"0\":1}}").replace("v1", "v9"));
    assertDamaged("offsets/2", "cannot be read: ");
    write("offsets/2", offsets("{\"spotify\":{\"0\":1}}"));
    write("commits/1", "v9\n{}");
    assertDamaged("commits/1", "cannot be read: ");
  }

  @Test
  void aFileInsteadOfALog() throws IOException {
    delete("offsets");
    write("offsets", "");
    assertDamaged("offsets", "cannot be read: it is no folder");
  }

  /** Read only while the first batch is not committed. */
  @Test
  void damagedBeginning() throws IOException {
    write("sources/0/0", "");
    assertThat(check()).isEqualTo(end(1));

    delete("offsets");
    delete("commits");
    assertDamaged("sources/0/0", "cannot be read: it does not begin as Spark's files do");
  }

  @Test
  void aFileSystemThatSparkDoesNotBringIsNamed() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> LocalCheckpointFiles.use(spark, "s3a://bucket/checkpoint"))
        .withMessage(
            "The checkpoint s3a://bucket/checkpoint cannot be used: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found. Give Spark the module that has it (for s3a: hadoop-aws), as docs/spark.md says.")
        .matches(e -> e.code() == ErrorCode.CHECKPOINT_UNUSABLE);
  }
}
