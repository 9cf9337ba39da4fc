package io.playlog.producer.importing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many lines were found, and what became of them: the one is the sum of the other. */
final class Account {
  private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
  private long found;

  /** A line more was found in a file, before anything is known of it. */
  void found() {
    found++;
  }

  void add(Kind kind) {
    kinds.merge(kind, 1L, Long::sum);
  }

  /**
   * To be called once at the end: of the lines that were to be sent those are sent that Kafka has
   * acknowledged.
   */
  void settle(long acknowledged) {
    long handed = count(Kind.SENT);
    kinds.put(Kind.SENT, acknowledged);
    kinds.put(Kind.NOT_SENT, handed - acknowledged);
  }

  long in() {
    return found;
  }

  long count(Kind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  /**
   * @throws IllegalStateException if there is a line of no kind, or one of two
   */
  void check() {
    long sum = kinds.values().stream().mapToLong(Long::longValue).sum();
    if (sum != found || kinds.values().stream().anyMatch(count -> count < 0)) {
      throw new IllegalStateException(
          "The account does not add up: in %d, but %s".formatted(found, kinds));
    }
  }

  /**
   * Such as {@code in 134211 = sent 96020 + repeated 412 + shorter than 30 s 37779}. What there is
   * none of is left out, but what was sent is not.
   */
  String text(boolean isDryRun, String minPlayed) {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind == Kind.SENT || count(kind) != 0) {
        String label = kind == Kind.SENT && isDryRun ? "to send" : kind.label(minPlayed);
        parts.add(label + " " + count(kind));
      }
    }
    return "in " + found + " = " + String.join(" + ", parts);
  }
}
