package io.playlog.producer.songs;

import java.time.LocalDate;
import java.util.Random;

record Album(String name, String releaseDate) {
  /** Real catalogues have a few songs without an album, a date or both. */
  static final String NONE = "";

  private static final LocalDate FIRST = LocalDate.of(1972, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 9, 30);

  /** Half of all songs are from the last seven years or so. */
  static Album released(String name, Random random) {
    double age = random.nextDouble();
    long daysOld = (long) ((LAST.toEpochDay() - FIRST.toEpochDay()) * age * age * age);
    return new Album(name, LAST.minusDays(daysOld).toString());
  }
}
