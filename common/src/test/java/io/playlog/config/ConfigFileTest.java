package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped file explains every key: it is what users edit, and the only list of settings. */
class ConfigFileTest {
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
  void overridesStandBelowTheirKey() throws IOException {
    String above = "";
    for (String line : Files.readAllLines(ShippedConfig.FILE)) {
      if (line.matches(" *[a-z-]+ = \\$\\{\\?.*")) {
        assertThat(above).startsWith(line.substring(0, line.indexOf('=') + 1));
      }
      above = line;
    }
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
    for (String line : shippedLines()) {
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

  private static List<String> shippedLines() {
    return ShippedConfig.lines().stream().map(String::strip).toList();
  }
}
