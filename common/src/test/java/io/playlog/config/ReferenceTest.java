package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** reference.conf explains every key, and docs/configuration.md says the same. */
class ReferenceTest {
  private static final Path REFERENCE = Path.of("src/main/resources/reference.conf");
  private static final Path ENVIRONMENT = Path.of("src/main/resources/playlog-environment.conf");
  private static final Path DOCUMENT = Path.of("../docs/configuration.md");
  private static final Pattern VARIABLE = Pattern.compile("(\\S+) = (PLAYLOG_\\w+)");
  private static final String INTRODUCTION =
      """
      # Configuration

      Made from `common/src/main/resources/reference.conf`, which holds every setting and its default. What you set stands in
      `conf/application.conf` (HOCON, under `playlog { }`) and is laid over the defaults; the environment variables named here are
      laid over both. `java -jar producer/target/producer.jar settings` prints what is in force, and where each value comes from.

      An unknown key or a bad value stops a program with the key's path, what was found and what was expected; a key of an earlier
      version is warned of, with what replaced it. Relative paths are taken from the folder of your file, and `~` is the home folder of
      who runs the program. What is named by `include` must be there. Durations: `500 ms`, `5 s`, `10 m`, `2 h`, `7 d`.

      Scripts take single values by `settings KEY...`, all of them by `settings --json` (durations in seconds), and what is passed to
      spark-submit by `settings --spark-conf stream` or `job`: `key=value`, a line each. Only the last shows values of sections that
      are passed through as they are, which may be secrets. A file in which one is written must be readable by its owner only (mode 600); [cluster.md](cluster.md#clients-and-messages) says how else to give them.
      """;

  private static final Pattern SECTION = Pattern.compile("([a-z-]+) \\{");
  private static final Pattern KEY = Pattern.compile("([a-z-]+)( = .*| \\{})");

  private record Key(String path, boolean commented) {}

  @Test
  void everyKeyHasACommentAboveIt() {
    List<String> uncommented =
        read().stream().filter(key -> !key.commented()).map(Key::path).toList();

    assertThat(uncommented).isEmpty();
  }

  @Test
  void theDocumentSaysWhatTheFilesSay() throws IOException {
    String document = document();
    if (Boolean.getBoolean("playlog.write-docs")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "docs/configuration.md is stale; write it anew with"
                + " `mvn -pl common test -Dtest=ReferenceTest -Dplaylog.write-docs=true`")
        .isEqualTo(document);
  }

  private static String document() {
    Map<String, String> variables = new HashMap<>();
    for (String line : lines(ENVIRONMENT)) {
      Matcher variable = VARIABLE.matcher(line);
      if (variable.matches()) {
        variables.put(variable.group(1), variable.group(2));
      }
    }
    StringBuilder document = new StringBuilder(INTRODUCTION);
    List<String> comment = new ArrayList<>();
    Deque<String> sections = new ArrayDeque<>();
    for (String line : referenceLines()) {
      Matcher section = SECTION.matcher(line);
      Matcher key = KEY.matcher(line);
      if (line.startsWith("#")) {
        comment.add(line.substring(1).strip());
        continue;
      } else if (section.matches()) {
        sections.addLast(section.group(1));
        if (sections.size() == 2) {
          document.append("\n## ").append(section.group(1)).append("\n");
          if (!comment.isEmpty()) {
            document.append("\n").append(String.join(" ", comment)).append("\n");
          }
          document.append("\n| key | default | environment | meaning |\n|---|---|---|---|\n");
        }
      } else if (key.matches()) {
        String name = String.join(".", sections) + "." + key.group(1);
        document.append(
            "| `%s` | `%s` | %s | %s |\n"
                .formatted(
                    name.substring("playlog.".length()),
                    key.group(2).replace(" = ", "").strip().replace("|", "\\|"),
                    variables.containsKey(name) ? "`" + variables.get(name) + "`" : "",
                    String.join(" ", comment).replace("|", "\\|")));
      } else if (line.equals("}")) {
        sections.removeLast();
      }
      comment.clear();
    }
    return document.toString();
  }

  /** In the file's order, without the root's name. */
  static Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    read().forEach(key -> keys.add(key.path()));
    return keys;
  }

  private static List<Key> read() {
    List<Key> keys = new ArrayList<>();
    Deque<String> sections = new ArrayDeque<>();
    String above = "";
    for (String line : referenceLines()) {
      Matcher section = SECTION.matcher(line);
      Matcher key = KEY.matcher(line);
      if (section.matches()) {
        sections.addLast(section.group(1));
      } else if (key.matches()) {
        List<String> path = new ArrayList<>(sections);
        path.add(key.group(1));
        String name = String.join(".", path.subList(1, path.size()));
        keys.add(new Key(name, above.startsWith("#")));
      } else if (line.equals("}")) {
        sections.removeLast();
      } else {
        assertThat(line).as("a line of another form").matches("#.*|");
      }
      above = line;
    }
    return keys;
  }

  private static List<String> referenceLines() {
    return lines(REFERENCE).stream().map(String::strip).toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
