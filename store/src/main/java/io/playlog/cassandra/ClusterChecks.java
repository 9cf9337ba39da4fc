package io.playlog.cassandra;

import com.datastax.oss.driver.api.core.Version;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a cluster must be, which its nodes say of themselves when a session is opened. */
public final class ClusterChecks {
  /** The lowest that was tried (4.0.19), see docs/decisions/0009-cassandra-as-it-is.md. */
  static final Version LEAST = Version.V4_0_0;

  private ClusterChecks() {}

  /**
   * With a data centre that no node is in, the driver would have none take a request.
   *
   * @param found of all nodes, null where it is not known
   * @throws PlaylogException if no node is in it
   */
  public static void requireDatacenter(String expected, Collection<String> found) {
    SortedSet<String> datacenters = new TreeSet<>();
    found.stream().filter(Objects::nonNull).forEach(datacenters::add);
    if (!datacenters.isEmpty() && !datacenters.contains(expected)) {
      throw new PlaylogException(
          ErrorCode.WRONG_DATACENTER,
          "playlog.cassandra.local-datacenter: found %s, expected that of a Cassandra node, which is %s. Set it to the data centre that the jobs read from and write to; names count by letter and case."
              .formatted(expected, String.join(" or ", datacenters)));
    }
  }

  /**
   * @param found of all nodes, null where it is not known: while a cluster is upgraded the oldest
   *     counts
   * @throws PlaylogException if one is too old
   */
  public static void requireVersion(Collection<Version> found) {
    found.stream()
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .filter(oldest -> oldest.compareTo(LEAST) < 0)
        .ifPresent(
            oldest -> {
              throw new PlaylogException(
                  ErrorCode.CASSANDRA_TOO_OLD,
                  "A Cassandra node has the version %s, expected %s or later: the jobs were never tried with an older one. Upgrade it, or set playlog.cassandra.contact-points to another."
                      .formatted(oldest, LEAST));
            });
  }
}
