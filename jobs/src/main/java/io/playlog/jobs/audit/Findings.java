package io.playlog.jobs.audit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task found.
 *
 * @param missing the entries behind {@code counts.missing()}
 */
record Findings(AuditCounts counts, List<Entry> missing) implements Serializable {
  Findings plus(Findings other) {
    List<Entry> all = new ArrayList<>(missing);
    all.addAll(other.missing);
    return new Findings(counts.plus(other.counts), all);
  }
}
