package io.playlog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A map literal of CQL, as {@code WITH replication =} takes it: texts to constants. */
final class CqlMap {
  private static final String TEXT = "'[^']*+(?:''[^']*+)*+'|\\$\\$(?:(?!\\$\\$).)*+\\$\\$";

  /** White space and comments. */
  private static final String SPACE = "(?:\\s|/\\*.*?\\*/|(?:--|//)[^\\r\\n]*+)*+";

  private static final Pattern ENTRY =
      Pattern.compile(
          "%1$s(?<key>%2$s)%1$s:%1$s(?<value>%2$s|-?\\d+(?:\\.\\d+)?|(?i:true|false))%1$s(?<end>[,}])"
              .formatted(SPACE, TEXT),
          Pattern.DOTALL);

  private CqlMap() {}

  /**
   * The map in one line, whatever white space is between its parts: keys, values and their order
   * are as they were.
   *
   * @return empty if the text is no such map, or has no {@code 'class'}
   */
  static Optional<String> parse(String text) {
    String map = text.strip();
    if (!map.startsWith("{")) {
      return Optional.empty();
    }
    List<String> entries = new ArrayList<>();
    boolean hasClass = false;
    Matcher entry = ENTRY.matcher(map).region(1, map.length());
    while (entry.lookingAt()) {
      entries.add(entry.group("key") + ": " + entry.group("value"));
      hasClass |= entry.group("key").matches("'class'|\\$\\$class\\$\\$");
      if (entry.group("end").equals("}")) {
        boolean isWhole = entry.end() == map.length();
        return isWhole && hasClass
            ? Optional.of("{" + String.join(", ", entries) + "}")
            : Optional.empty();
      }
      entry.region(entry.end(), map.length());
    }
    return Optional.empty();
  }

  /**
   * The map that has these entries, ordered by key. Texts that are CQL's already, as in a map that
   * somebody has not put into quotes as a whole, stay as they are.
   */
  static String of(Map<String, String> entries) {
    SortedMap<String, String> quoted = new TreeMap<>();
    entries.forEach((key, value) -> quoted.put(quote(key), quote(value)));
    return quoted.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quote(String text) {
    return text.matches("(?s)" + TEXT) ? text : "'" + text.replace("'", "''") + "'";
  }
}
