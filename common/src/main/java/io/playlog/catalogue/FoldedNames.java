package io.playlog.catalogue;

import io.playlog.names.FoldedName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Finds names by their folded form. It keeps a hash of that form and no further text, which makes
 * 12 bytes a name; a folded form that is looked for is made again from the few names that have its
 * hash.
 */
public final class FoldedNames implements Serializable {
  private final String[] names;

  /** The hash in the upper half, the name's index in the lower; sorted. */
  private final long[] hashes;

  /**
   * @param names of those that are folded alike the first is found first
   */
  public FoldedNames(Collection<String> names) {
    this.names = names.toArray(String[]::new);
    this.hashes = new long[this.names.length];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = firstOf(FoldedName.of(this.names[i])) | i;
    }
    Arrays.sort(hashes);
  }

  /** What the entries of a folded name begin at. */
  private static long firstOf(String folded) {
    return (long) folded.hashCode() << Integer.SIZE;
  }

  /**
   * @param name in form NFC
   * @return the names that are the same but for case, typography and white space, in their order;
   *     mostly none
   */
  public List<String> find(String name) {
    String folded = FoldedName.of(name);
    int next = Arrays.binarySearch(hashes, firstOf(folded));
    List<String> found = List.of();
    for (next = next < 0 ? -next - 1 : next;
        next < hashes.length && (int) (hashes[next] >> Integer.SIZE) == folded.hashCode();
        next++) {
      String candidate = names[(int) hashes[next]];
      if (candidate.equals(name) || FoldedName.of(candidate).equals(folded)) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(candidate);
      }
    }
    return found;
  }
}
