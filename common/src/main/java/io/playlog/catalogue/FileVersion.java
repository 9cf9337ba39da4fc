package io.playlog.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Tells one content of a file from another without reading it: written to or replaced, a path has
 * another version.
 *
 * @param size bytes
 * @param key what the file system knows the file by, such as its inode; null where it has no such
 */
public record FileVersion(long size, FileTime modified, Object key) {
  /** Of a path without a file, or with one that cannot be looked at. */
  static final FileVersion NONE = new FileVersion(-1, FileTime.fromMillis(0), null);

  /** Follows symbolic links. */
  public static FileVersion of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileVersion(found.size(), found.lastModifiedTime(), found.fileKey());
    } catch (IOException e) {
      return NONE;
    }
  }
}
