package io.playlog.jobs.audit;

import io.playlog.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.Cassandra;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * What one task of an audit does with its entries, see {@link Entry#arrange}.
 *
 * @param readsInFlight unanswered reads per task, at most
 * @param compared counts the entries
 */
record CompareTask(Cassandra cassandra, int readsInFlight, LongAccumulator compared)
    implements FlatMapFunction<Iterator<Row>, Findings> {

  @Override
  public Iterator<Findings> call(Iterator<Row> rows) throws InterruptedException {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    try (CassandraSession session = cassandra.open()) {
      StoredListens stored = new StoredListens(session, readsInFlight, this::count);
      Slices slices = new Slices(stored::compare);
      long entries = 0;
      for (; rows.hasNext(); entries++) {
        slices.add(Entry.of(rows.next()));
      }
      slices.end();
      count(entries - slices.handedOut());
      return Collections.singleton(slices.findings().plus(stored.findings())).iterator();
    }
  }

  /** An accumulator is made for one thread. */
  private void count(long entries) {
    synchronized (compared) {
      compared.add(entries);
    }
  }
}
