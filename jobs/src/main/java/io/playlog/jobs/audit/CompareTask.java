package io.playlog.jobs.audit;

import io.playlog.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.Cassandra;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * What one task of an audit does with its entries, see {@link Entry#arrange}.
 *
 * @param readsInFlight unanswered reads per task, at most
 */
record CompareTask(Cassandra cassandra, int readsInFlight)
    implements FlatMapFunction<Iterator<Row>, Findings> {

  @Override
  public Iterator<Findings> call(Iterator<Row> rows) throws InterruptedException {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    try (CassandraSession session = cassandra.open()) {
      StoredListens stored = new StoredListens(session, readsInFlight);
      Slices slices = new Slices(stored::compare);
      while (rows.hasNext()) {
        slices.add(Entry.of(rows.next()));
      }
      slices.end();
      return Collections.singleton(slices.findings().plus(stored.findings())).iterator();
    }
  }
}
