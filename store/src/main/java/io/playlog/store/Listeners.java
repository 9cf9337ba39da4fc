package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.names.FoldedName;
import io.playlog.names.Names;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The table {@code listeners}: all listeners, to be found by how their names begin. Names with the
 * same first character are in one partition, in the order of their folded forms, so that a search
 * reads a part of one partition.
 */
public final class Listeners {
  /** Of a name of which nothing can be seen: no folded name begins with a space. */
  private static final String NO_INITIAL = " ";

  private static final String INSERT =
      "INSERT INTO %s.listeners (initial, folded, name) VALUES (?, ?, ?)";
  private static final String INSERT_ABOVE = INSERT + " USING TIMESTAMP ?";
  private static final String SELECT = "SELECT folded, name FROM %s.listeners WHERE initial = ?";
  private static final String SELECT_AFTER = SELECT + " AND (folded, name) > (?, ?) LIMIT ?";
  private static final String SELECT_ONE = SELECT + " AND folded = ? AND name = ?";
  private static final String DELETE =
      "DELETE FROM %s.listeners USING TIMESTAMP ? WHERE initial = ? AND folded = ? AND name = ?";

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement insertAbove;
  private final PreparedStatement selectAfter;
  private final PreparedStatement selectOne;
  private final PreparedStatement delete;

  public Listeners(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.insertAbove = session.prepare(INSERT_ABOVE);
    this.selectAfter = session.prepare(SELECT_AFTER);
    this.selectOne = session.prepare(SELECT_ONE);
    this.delete = session.prepare(DELETE);
  }

  /**
   * A row.
   *
   * @param initial the partition: the first code point of the folded name
   */
  record Entry(String initial, String folded, String name) {
    static Entry of(String name) {
      String folded = FoldedName.of(name);
      return new Entry(initial(folded), folded, name);
    }

    private static String initial(String folded) {
      return folded.isEmpty() ? NO_INITIAL : folded.substring(0, folded.offsetByCodePoints(0, 1));
    }
  }

  /** The rows of names, those of each partition together. */
  static Collection<List<Entry>> partitions(Collection<String> names) {
    return names.stream().map(Entry::of).collect(Collectors.groupingBy(Entry::initial)).values();
  }

  BoundStatement row(Entry entry) {
    return insert.bind(entry.initial(), entry.folded(), entry.name());
  }

  /** Where the names that begin with a text are, and after which of them to begin. */
  record Slice(String initial, String prefix, String afterFolded, String afterName) {
    /**
     * @param after the name before the first one; any other than one that begins so is before all
     */
    static Slice of(String prefix, String after) {
      Entry first = Entry.of(Names.toNfc(prefix));
      Entry last = Entry.of(after);
      return last.folded().startsWith(first.folded())
          ? new Slice(first.initial(), first.folded(), last.folded(), after)
          : new Slice(first.initial(), first.folded(), first.folded(), "");
    }

    boolean holds(String folded) {
      return folded.startsWith(prefix);
    }
  }

  /**
   * Names that begin with a text, as they are stored, in the order of their folded forms.
   * Differences of case, typography and white space do not count.
   *
   * @param prefix if nothing of it can be seen, nobody is found
   * @param after the name before the first one; empty for the first names
   */
  public List<String> search(String prefix, String after, int limit) {
    if (Names.isBlank(prefix)) {
      return List.of();
    }
    Slice slice = Slice.of(prefix, after);
    // Without an end, which would be the text that follows all those that begin so: what does not
    // is at most a page.
    return session
        .execute(selectAfter.bind(slice.initial(), slice.afterFolded(), slice.afterName(), limit))
        .all()
        .stream()
        .filter(row -> slice.holds(row.getString(0)))
        .map(row -> row.getString(1))
        .toList();
  }

  /**
   * @param name as it is stored
   */
  public boolean contains(String name) {
    Entry entry = Entry.of(name);
    return session.execute(selectOne.bind(entry.initial(), entry.folded(), name)).one() != null;
  }

  /** Deletes a listener's row if it was written no later than a timestamp. */
  public CompletionStage<?> delete(String name, long timestamp) {
    Entry entry = Entry.of(name);
    return session.executeAsync(
        delete.bind(timestamp, entry.initial(), entry.folded(), entry.name()));
  }

  /** Writes a listener's row. */
  public void add(String name, long timestamp) {
    Entry entry = Entry.of(name);
    session.execute(insertAbove.bind(entry.initial(), entry.folded(), entry.name(), timestamp));
  }
}
