package io.playlog.producer.importing;

import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Imports of files in a folder, and what they would send. */
final class Imports {
  static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

  private final Path folder;
  final List<byte[]> messages = new ArrayList<>();
  private Duration minPlayed = Duration.ofSeconds(30);
  private boolean keepsPrivate;
  private boolean lists;
  private Importer importer;

  Imports(Path folder) {
    this.folder = folder;
  }

  Imports minPlayed(Duration minPlayed) {
    this.minPlayed = minPlayed;
    return this;
  }

  Imports keepingPrivate() {
    keepsPrivate = true;
    return this;
  }

  Imports listing() {
    lists = true;
    return this;
  }

  Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** Imports the folder; returns what is printed, with the folder's path left out. */
  List<String> run() {
    return run(folder);
  }

  List<String> run(Path... paths) {
    StringWriter out = new StringWriter();
    ImportPlan plan = new ImportPlan(List.of(paths), "Ada", minPlayed, keepsPrivate, false);
    importer =
        new Importer(
            plan,
            NOW.toEpochMilli(),
            new TextReport(new PrintWriter(out), plan.minPlayedText(), lists),
            messages::add,
            () -> false);
    importer.read();
    importer.end(messages.size());
    return out.toString().replace(folder + "/", "").lines().toList();
  }

  /** Only the last line. */
  String account() {
    List<String> printed = run();
    return printed.get(printed.size() - 1);
  }

  Importer importer() {
    return importer;
  }

  /** Song and start of what was sent. */
  List<String> sent() {
    return messages.stream()
        .map(Imports::listen)
        .map(listen -> listen.song() + " " + Instant.ofEpochMilli(listen.eventTimestamp()))
        .toList();
  }

  private static Listen listen(byte[] message) {
    try {
      return ListenParser.parse(message, NOW.toEpochMilli());
    } catch (RejectedException e) {
      throw new AssertionError(new String(message, StandardCharsets.UTF_8), e);
    }
  }

  String sentText() {
    StringBuilder text = new StringBuilder();
    messages.forEach(
        message -> text.append(new String(message, StandardCharsets.UTF_8)).append('\n'));
    return text.toString();
  }
}
