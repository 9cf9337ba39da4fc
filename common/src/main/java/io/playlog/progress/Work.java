package io.playlog.progress;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Work that takes a while, to be looked at from another thread while it goes on.
 *
 * @param verb what is done with each, such as {@code stored}
 * @param unit such as {@code messages}
 * @param parts how many parts each has: {@code done} and {@code total} count parts
 * @param done how many parts are done
 * @param total how many parts there are, as far as is known by now; {@link #UNKNOWN} if it is not
 * @param note what a person should know besides; empty for nothing
 */
public record Work(
    String verb,
    String unit,
    int parts,
    LongSupplier done,
    LongSupplier total,
    Supplier<String> note) {
  public static final long UNKNOWN = -1;

  /** Of an unknown total. */
  public static Work of(String verb, String unit, LongSupplier done) {
    return new Work(verb, unit, 1, done, () -> UNKNOWN, () -> "");
  }

  public Work outOf(LongSupplier total) {
    return new Work(verb, unit, parts, done, total, note);
  }

  public Work outOf(long total) {
    return outOf(() -> total);
  }

  public Work inParts(int parts) {
    return new Work(verb, unit, parts, done, total, note);
  }

  public Work noting(Supplier<String> note) {
    return new Work(verb, unit, parts, done, total, note);
  }
}
