package io.playlog.producer.songs;

import java.util.Locale;
import java.util.Random;

/** Languages of the generated songs, each with its share of them in percent. */
enum Language {
  ENGLISH(53),
  SPANISH(11),
  FRENCH(5),
  PORTUGUESE(8),
  RUSSIAN(6),
  GREEK(2),
  THAI(2),
  CHINESE(4),
  JAPANESE(4),
  KOREAN(4),
  ARABIC(1);

  private final int percent;

  Language(int percent) {
    this.percent = percent;
  }

  static Language pick(Random random) {
    int left = random.nextInt(100);
    for (Language language : values()) {
      left -= language.percent;
      if (left < 0) {
        return language;
      }
    }
    throw new AssertionError("shares do not add up to 100");
  }

  WordLists words() {
    return WordLists.of(name().toLowerCase(Locale.ROOT));
  }
}
