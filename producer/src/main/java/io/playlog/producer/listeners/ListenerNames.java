package io.playlog.producer.listeners;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.datafaker.Faker;

/** Names of listeners, no two the same. */
public final class ListenerNames {
  /** Of a million names drawn one in eight is a repeat, so this many in a row mean: no more. */
  private static final int MAX_REPEATS = 1_000;

  private ListenerNames() {}

  /**
   * The same seed gives the same names; more of them begin with the same ones.
   *
   * @param named one more listener, the last one
   * @throws PlaylogException if there are not as many different names
   */
  public static List<String> draw(int number, String named, long seed) {
    // A fixed language: the default one differs from machine to machine.
    Faker faker = new Faker(Locale.ENGLISH, new Random(seed));
    return draw(number, named, faker.name()::fullName);
  }

  static List<String> draw(int number, String named, Supplier<String> source) {
    Set<String> names = new LinkedHashSet<>();
    int repeats = 0;
    while (names.size() < number) {
      String name = source.get();
      if (!name.equals(named) && names.add(name)) {
        repeats = 0;
      } else if (++repeats == MAX_REPEATS) {
        throw new PlaylogException(
            ErrorCode.BAD_SETTINGS,
            String.format(
                Locale.ROOT,
                "playlog.producer.listeners: found %d, expected %d at most: there are no more different names of synthetic listeners",
                number,
                names.size()));
      }
    }
    List<String> listeners = new ArrayList<>(names);
    listeners.add(named);
    return listeners;
  }
}
