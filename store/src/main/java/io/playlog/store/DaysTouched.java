package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.listen.ListenParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The table {@code days_touched}: an index of the days that have hours which were ever touched,
 * marked or reported. One partition a year.
 */
public final class DaysTouched {
  private static final String INSERT = "INSERT INTO %s.days_touched (year, day) VALUES (?, ?)";
  private static final String SELECT = "SELECT day FROM %s.days_touched WHERE year = ?";
  private static final int YEARS_IN_FLIGHT = 64;

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final Set<LocalDate> written = new HashSet<>();

  DaysTouched(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.select = session.prepare(SELECT);
  }

  /** Before the first row of a day in another table; a day is written once. */
  void add(LocalDate day) {
    if (!written.contains(day)) {
      session.execute(insert.bind(day.getYear(), day));
      written.add(day);
    }
  }

  /** All days, oldest first: as many reads as there are years that a valid listen can be of. */
  NavigableSet<LocalDate> read() throws InterruptedException {
    NavigableSet<LocalDate> days = new ConcurrentSkipListSet<>();
    InFlight inFlight = new InFlight(YEARS_IN_FLIGHT);
    int first = ListenParser.EARLIEST.atZone(ZoneOffset.UTC).getYear();
    int last = Instant.now().plus(ListenParser.MAX_AHEAD).atZone(ZoneOffset.UTC).getYear();
    for (int year = first; year <= last; year++) {
      int asked = year;
      inFlight.start(
          1, () -> session.forEach(select.bind(asked), row -> days.add(row.getLocalDate(0))));
    }
    inFlight.await();
    return days;
  }
}
