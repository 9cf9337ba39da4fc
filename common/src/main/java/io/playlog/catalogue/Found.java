package io.playlog.catalogue;

/** Quotes what a file holds, so that a message stays readable whatever it is. */
final class Found {
  private static final int MAX_VALUE = 60;

  private Found() {}

  /** In quotes; cut if it is long, line ends and the like escaped. */
  static String value(String text) {
    return '"' + cut(text, MAX_VALUE) + '"';
  }

  static String cut(String text, int length) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(length)
        .forEach(
            character -> {
              switch (character) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                  if (Character.isISOControl(character)) {
                    shown.append("\\u%04x".formatted(character));
                  } else {
                    shown.appendCodePoint(character);
                  }
                }
              }
            });
    return text.codePointCount(0, text.length()) > length ? shown + "..." : shown.toString();
  }
}
