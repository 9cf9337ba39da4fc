package io.playlog.producer.songs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists of words and templates of one language, such as {@code english.txt}, and what they make.
 */
final class WordLists {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  private WordLists() {}

  static WordLists of(String name) {
    WordLists lists = new WordLists();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                WordLists.class.getResourceAsStream(name + ".txt"), StandardCharsets.UTF_8))) {
      lists.read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lists;
  }

  /** An entry of the section, its placeholders replaced by entries of the sections they name. */
  String make(String section, Random random) {
    return make(section, Map.of(), random);
  }

  /**
   * @param given texts for placeholders that no section stands for
   */
  String make(String section, Map<String, String> given, Random random) {
    List<String> entries = sections.get(section);
    String template = entries.get(random.nextInt(entries.size()));
    Set<String> used = new HashSet<>();
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            found -> {
              String text = given.get(found.group(1));
              // No word twice in one template, as in "River & River".
              while (text == null || !used.add(text)) {
                text = make(found.group(1), given, random);
              }
              return Matcher.quoteReplacement(text);
            });
  }

  private void read(BufferedReader lines) throws IOException {
    List<String> section = List.of();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("[")) {
        section = new ArrayList<>();
        sections.put(line.substring(1, line.length() - 1), section);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        section.add(line);
      }
    }
  }
}
