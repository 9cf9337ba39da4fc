package io.playlog.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who wrote a key that there is not. */
final class Suggestion {
  private Suggestion() {}

  /**
   * @param section the path of the section that has the key; empty for the file's root
   * @param siblings the known keys of that section
   * @param paths of all known keys
   */
  static String of(String section, String key, Set<String> siblings, Set<String> paths) {
    return misspelt(key, siblings)
        .map(sibling -> section.isEmpty() ? sibling : section + "." + sibling)
        .or(() -> elsewhere(key, paths))
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> "expected one of " + String.join(", ", new TreeSet<>(siblings)));
  }

  private static Optional<String> misspelt(String key, Set<String> siblings) {
    int most = Math.max(2, key.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(most);
    return siblings.stream()
        .filter(sibling -> distance.apply(sibling, key) >= 0)
        .min(
            Comparator.<String>comparingInt(sibling -> distance.apply(sibling, key))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The same key of another section, or of one that was forgotten. */
  private static Optional<String> elsewhere(String key, Set<String> paths) {
    return paths.stream().filter(path -> path.endsWith("." + key)).findFirst();
  }
}
