package io.playlog.jobs.stream.checkpoint;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second stream off a local checkpoint, where both would commit batches of the same number.
 * The system lets go of the lock when the process ends, however it ends. A checkpoint on another
 * file system than the local one is not locked.
 */
public final class CheckpointLock implements AutoCloseable {
  private final FileChannel channel;

  private CheckpointLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws PlaylogException if another stream has the checkpoint
   */
  public static CheckpointLock acquire(String checkpoint) {
    URI uri = new org.apache.hadoop.fs.Path(checkpoint).toUri();
    if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
      return new CheckpointLock(null);
    }
    try {
      // Made here, so that whatever links lead to it, it has one name.
      Path folder = Files.createDirectories(Path.of(uri.getPath())).toRealPath();
      Path file = folder.resolveSibling(folder.getFileName() + ".lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      CheckpointLock lock = new CheckpointLock(channel);
      try {
        lock.take(checkpoint, file);
        return lock;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw Checkpoint.unusable(checkpoint, e);
    }
  }

  private void take(String checkpoint, Path file) throws IOException {
    if (!lock(channel)) {
      throw new PlaylogException(
          ErrorCode.CHECKPOINT_IN_USE,
          "Another stream uses the checkpoint %s (it holds the lock %s). End it first: scripts/control.sh stop stream, or find it with: fuser %s"
              .formatted(checkpoint, file, file));
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
