package io.playlog.producer.importing.files;

import java.io.InputStream;

/** Who is shown the files of a download. */
public interface FileVisitor {
  /**
   * @param file its path, of an entry of a zip after that of the zip
   * @param in not to be closed
   */
  void file(String file, InputStream in);

  /**
   * A file or a part of a zip cannot be opened.
   *
   * @param problem such as {@code permission denied}
   */
  void unopened(String file, String problem);

  /** A device, a pipe or the like. */
  void notAFile(String path);
}
