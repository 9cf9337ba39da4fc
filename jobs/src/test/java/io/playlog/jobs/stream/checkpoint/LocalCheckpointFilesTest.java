package io.playlog.jobs.stream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;
import org.apache.spark.sql.execution.streaming.FileContextBasedCheckpointFileManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointFilesTest {
  @TempDir private java.nio.file.Path folder;

  private LocalCheckpointFiles ours() {
    return new LocalCheckpointFiles(path(), new Configuration());
  }

  private CheckpointFileManager sparks() {
    return new FileContextBasedCheckpointFileManager(path(), new Configuration());
  }

  private Path path() {
    return new Path(folder.toUri());
  }

  private void write(CheckpointFileManager files, String text, boolean overwrite)
      throws IOException {
    try (var out = files.createAtomic(new Path(path(), "0"), overwrite)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(CheckpointFileManager files) throws IOException {
    try (var in = files.open(new Path(path(), "0"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatItWritesSparkReads() throws IOException {
    write(ours(), "written", false);
    assertThat(read(sparks())).isEqualTo("written");
    assertThat(folder).isDirectoryContaining("glob:**/0").isDirectoryNotContaining("glob:**.tmp");
  }

  /** With a checksum beside it, which is not that of the new text. */
  @Test
  void replacesWhatSparkWrote() throws IOException {
    write(sparks(), "before", false);
    write(ours(), "after, and longer", true);
    assertThat(read(ours())).isEqualTo("after, and longer");
    assertThat(read(sparks())).isEqualTo("after, and longer");
  }

  @Test
  void aBatchIsNotWrittenTwice() throws IOException {
    write(ours(), "first", false);
    assertThatIOException()
        .isThrownBy(() -> write(ours(), "second", false))
        .withMessageContaining("destination already exists");
    assertThat(read(ours())).isEqualTo("first");
  }

  @Test
  void whatIsCancelledLeavesNothing() throws IOException {
    var out = ours().createAtomic(new Path(path(), "0"), false);
    out.write(1);
    out.cancel();
    assertThat(folder).isEmptyDirectory();
  }

  /** The device is full for whoever writes to it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhatAFullDiskDidNotTake() {
    FSDataOutputStream out = ours().createTempFile(new Path("/dev/full"));

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> out.write(new byte[] {1, 2}))
        .withMessageStartingWith("The checkpoint's file /dev/full cannot be written: No space left")
        .satisfies(refusal -> assertThat(refusal.code().exitCode()).isEqualTo(ExitCode.NOT_SET_UP));
  }

  @Test
  void saysWhichFileHasNoFolder() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () ->
                new LocalCheckpointFiles(path(), new Configuration())
                    .createAtomic(new Path(path(), "gone/0"), false))
        .withMessageContaining(folder + "/gone/.0.")
        .withMessageContaining("cannot be written");
  }

  @Test
  void startsNoPrograms() throws IOException {
    assertThat(programsStartedBy(() -> write(ours(), "ours", true))).isZero();
    assertThat(programsStartedBy(() -> write(sparks(), "Spark's", true)))
        .as("else it is not needed any more")
        .isPositive();
  }

  private interface Step {
    void run() throws IOException;
  }

  private long programsStartedBy(Step step) throws IOException {
    java.nio.file.Path file = Files.createTempFile("programs", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      step.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).size();
  }
}
