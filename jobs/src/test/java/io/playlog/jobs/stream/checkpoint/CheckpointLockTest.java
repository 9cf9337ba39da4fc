package io.playlog.jobs.stream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the lease is for: who gets the same lock later is the same, and nobody else. */
class CheckpointLockTest {
  @TempDir private Path folder;

  private UUID owner(Object checkpoint) {
    try (CheckpointLock lock = CheckpointLock.acquire(checkpoint.toString())) {
      return lock.owner();
    }
  }

  @Test
  void theNextOneOfACheckpointIsKnownAgain() throws IOException {
    UUID first = owner(folder.resolve("c"));

    assertThat(owner(folder.resolve("c"))).isEqualTo(first);
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("c"));
    assertThat(owner(folder.resolve("link"))).isEqualTo(first);
    assertThat(owner("file:" + folder.resolve("c"))).isEqualTo(first);
  }

  @Test
  void anotherCheckpointHasAnotherOwner() {
    assertThat(owner(folder.resolve("c"))).isNotEqualTo(owner(folder.resolve("d")));
  }

  /** The stream of the original may run. */
  @Test
  void aCopyHasAnotherOwner() throws IOException {
    UUID original = owner(folder.resolve("c"));
    Files.createDirectories(folder.resolve("copy"));
    Files.copy(folder.resolve("c.lock"), folder.resolve("copy/c.lock"));

    assertThat(owner(folder.resolve("copy/c"))).isNotEqualTo(original);
  }

  /** Of its lock nobody knows whether the stream before has let go of it. */
  @Test
  void aCheckpointThatIsNotLocalHasAnotherOwnerEachTime() {
    assertThat(owner("hdfs://name.example/c")).isNotEqualTo(owner("hdfs://name.example/c"));
  }

  @Test
  void oneAtATimeHasIt() {
    try (CheckpointLock lock = CheckpointLock.acquire(folder.resolve("c").toString())) {
      assertThat(lock.owner()).isNotNull();
      assertThatExceptionOfType(PlaylogException.class)
          .isThrownBy(() -> owner(folder.resolve("c")))
          .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CHECKPOINT_IN_USE));
    }
  }
}
