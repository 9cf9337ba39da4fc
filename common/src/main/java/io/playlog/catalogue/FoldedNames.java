package io.playlog.catalogue;

import io.playlog.names.FoldedName;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;

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
   * @param names of those that are folded alike the first is found
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
   * @return one of the names that is the same but for case, typography and white space; null if
   *     there is none
   */
  public String find(String name) {
    String folded = FoldedName.of(name);
    int found = Arrays.binarySearch(hashes, firstOf(folded));
    int next = found < 0 ? -found - 1 : found;
    for (;
        next < hashes.length && (int) (hashes[next] >> Integer.SIZE) == folded.hashCode();
        next++) {
      String candidate = names[(int) hashes[next]];
      if (FoldedName.of(candidate).equals(folded)) {
        return candidate;
      }
    }
    return null;
  }
}
