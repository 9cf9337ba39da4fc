package io.playlog.producer.importing.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The entries of zips, one after the other. What an entry is called is only ever shown: nothing is
 * written anywhere.
 */
final class Zips {
  private static final byte[] ENTRY = {'P', 'K', 3, 4};

  /** A zip within a zip within the one that was given; a further one is a file like any other. */
  private static final int MAX_DEPTH = 2;

  private final FileVisitor visitor;
  private final AtomicLong bytes;

  /**
   * @param bytes counts what is read of the entries
   */
  Zips(FileVisitor visitor, AtomicLong bytes) {
    this.visitor = visitor;
    this.bytes = bytes;
  }

  static boolean isZip(File file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return isZip(in.readNBytes(ENTRY.length));
    }
  }

  private static boolean isZip(byte[] begin) {
    return Arrays.equals(begin, ENTRY);
  }

  /** How many bytes the entries have, if the zip says so; else of the file itself. */
  static long size(File file) {
    try (ZipFile zip = open(file)) {
      return zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
    } catch (IOException e) {
      return file.length();
    }
  }

  /** Old programs write names in other characters, which are broken UTF-8, but each is a byte. */
  private static ZipFile open(File file) throws IOException {
    try {
      return new ZipFile(file);
    } catch (IOException e) {
      return new ZipFile(file, StandardCharsets.ISO_8859_1);
    }
  }

  /** Shows all entries. */
  void visit(String path, File file) {
    try (ZipFile zip = open(file)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory()) {
          visit(path, zip, entry);
        }
      }
    } catch (IOException e) {
      // A download that broke off lacks the directory at its end; its entries can be read up to
      // there.
      visitWithoutDirectory(path, file);
    }
  }

  private void visit(String path, ZipFile zip, ZipEntry entry) {
    String name = path + "!/" + entry.getName();
    long before = bytes.get();
    try (InputStream in = zip.getInputStream(entry)) {
      show(name, new VerifiedInputStream(in, entry.getCrc()), 1);
    } catch (IOException e) {
      visitor.unopened(name, Problems.text(e));
    }
    // What nobody wanted to read is done with, too.
    bytes.accumulateAndGet(before + Math.max(0, entry.getSize()), Math::max);
  }

  private void visitWithoutDirectory(String path, File file) {
    try (InputStream in = new FileInputStream(file)) {
      visitEntries(path, in, 0);
    } catch (IOException e) {
      // Told below, like one that ends between two entries.
    }
    visitor.unopened(path, "the zip is damaged, or ends before its end");
  }

  private void visitEntries(String path, InputStream in, int depth) throws IOException {
    ZipInputStream zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!entry.isDirectory()) {
        show(path + "!/" + entry.getName(), zip, depth + 1);
      }
    }
  }

  private void show(String name, InputStream in, int depth) throws IOException {
    PushbackInputStream all = new PushbackInputStream(in, ENTRY.length);
    byte[] begin = all.readNBytes(ENTRY.length);
    all.unread(begin);
    InputStream counted = new CountedInputStream(all, bytes);
    if (depth <= MAX_DEPTH && isZip(begin)) {
      visitEntries(name, counted, depth);
    } else {
      visitor.file(name, counted);
    }
  }
}
