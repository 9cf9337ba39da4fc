package io.playlog.web.sample;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.config.PlaylogConfig;
import io.playlog.schema.Schema;
import io.playlog.store.Hours;
import io.playlog.store.LargestPartition;
import io.playlog.store.Listeners;
import io.playlog.store.ListenersByHour;
import io.playlog.store.Records;
import io.playlog.store.SongsByHour;
import io.playlog.store.SubmissionTokens;
import io.playlog.store.Summaries;

/** The tables that the page reads, in one session. */
public record Tables(
    CassandraSession session,
    Records records,
    Hours hours,
    Summaries summaries,
    SongsByHour songsByHour,
    ListenersByHour listenersByHour,
    Listeners listeners,
    LargestPartition largestPartition,
    SubmissionTokens submissionTokens)
    implements AutoCloseable {

  /**
   * @throws io.playlog.error.PlaylogException if Cassandra cannot be used, or its tables are not as
   *     they must be
   */
  static Tables open(PlaylogConfig config) {
    CassandraSession session =
        DirectConnection.open(config.cassandra(), config.web().requestTimeout());
    try {
      Schema.check(session);
      return new Tables(
          session,
          new Records(session),
          new Hours(session),
          new Summaries(session),
          new SongsByHour(session),
          new ListenersByHour(session),
          new Listeners(session),
          new LargestPartition(session),
          new SubmissionTokens(session));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
