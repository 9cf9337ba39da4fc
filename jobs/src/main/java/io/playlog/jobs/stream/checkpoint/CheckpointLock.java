package io.playlog.jobs.stream.checkpoint;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * Keeps a second stream off a local checkpoint, also one of another topic or keyspace. The system
 * lets go of the lock when the process ends, however it ends: whoever gets it knows that who had it
 * before is dead, and need not wait until the lease expires. A checkpoint on another file system
 * than the local one is not locked.
 */
public final class CheckpointLock implements AutoCloseable {
  /** Linux: another one after each start of the machine. */
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final FileChannel channel;
  private final UUID owner;

  private CheckpointLock(FileChannel channel, UUID owner) {
    this.channel = channel;
    this.owner = owner;
  }

  /**
   * @throws PlaylogException if another stream has the checkpoint
   */
  public static CheckpointLock acquire(String checkpoint) {
    URI uri = new org.apache.hadoop.fs.Path(checkpoint).toUri();
    if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
      return new CheckpointLock(null, UUID.randomUUID());
    }
    try {
      // Made here, so that whatever links lead to it, it has one name.
      Path folder = Files.createDirectories(Path.of(uri.getPath())).toRealPath();
      Path file = folder.resolveSibling(folder.getFileName() + ".lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      CheckpointLock lock = new CheckpointLock(channel, nameOf(file));
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

  /**
   * The same for all processes of this machine that get this very lock, one after the other, and
   * for nobody else: a copy of the file has another name, on a copy of the machine, too.
   */
  private static UUID nameOf(Path file) throws IOException {
    Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    if (inode == null || !Files.isReadable(BOOT_ID)) {
      return UUID.randomUUID();
    }
    String name = Files.readString(BOOT_ID) + inode;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Whom the lease is for. If it is known again after a restart, the process before is dead. */
  public UUID owner() {
    return owner;
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
