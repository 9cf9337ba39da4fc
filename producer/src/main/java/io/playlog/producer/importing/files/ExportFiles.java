package io.playlog.producer.importing.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The files below paths: of folders with all that is in them, and of zips. */
public final class ExportFiles {
  private final AtomicLong bytesRead = new AtomicLong();

  /** How many bytes of files, and of entries of zips, were read by now. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** How many there are below the paths, as far as can be told beforehand. */
  public static long bytes(List<Path> paths) {
    AtomicLong bytes = new AtomicLong();
    for (Path path : paths) {
      forEach(path, file -> bytes.addAndGet(size(file)), (file, problem) -> {}, other -> {});
    }
    return bytes.get();
  }

  private static long size(Path path) {
    File file = path.toFile();
    try {
      return Zips.isZip(file) ? Zips.size(file) : file.length();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Shows all files below a path, those of a folder in the order of their names. */
  public void visit(Path path, FileVisitor visitor) {
    forEach(
        path,
        file -> show(file, visitor),
        (file, problem) -> visitor.unopened(file.toString(), problem),
        other -> visitor.notAFile(other.toString()));
  }

  private void show(Path path, FileVisitor visitor) {
    File file = path.toFile();
    long before = bytesRead.get();
    try {
      if (Zips.isZip(file)) {
        new Zips(visitor, bytesRead).visit(path.toString(), file);
        return;
      }
      // Unlike a channel's, it is not closed when the thread is interrupted.
      try (InputStream in = new FileInputStream(file)) {
        visitor.file(path.toString(), new CountedInputStream(in, bytesRead));
      }
      // What nobody wanted to read is done with, too.
      bytesRead.accumulateAndGet(before + file.length(), Math::max);
    } catch (IOException e) {
      visitor.unopened(path.toString(), Problems.text(e));
    }
  }

  private static void forEach(
      Path path,
      Consumer<Path> consumer,
      BiConsumer<Path, String> problems,
      Consumer<Path> others) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          path,
          Set.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              // A link to a folder around it: that one is visited.
              if (!(failure instanceof FileSystemLoopException)) {
                problems.accept(file, Problems.text(failure));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
              if (failure != null) {
                problems.accept(folder, Problems.text(failure));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problems.accept(path, Problems.text(e));
    }
    files.sort(null);
    for (Path file : files) {
      // A link to a file is one; reading a pipe would wait for its writer.
      if (Files.isRegularFile(file)) {
        consumer.accept(file);
      } else {
        others.accept(file);
      }
    }
  }
}
