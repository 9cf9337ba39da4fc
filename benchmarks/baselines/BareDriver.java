import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import io.playlog.listen.Hour;
import io.playlog.producer.listeners.ListenerNames;
import io.playlog.store.ListenersByHour;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongUnaryOperator;

/**
 * Baseline: what the Cassandra driver can write if there is no Kafka, no JSON and no matching. The
 * rows are those that the stream stores of the producer's listens with the same arguments, in the
 * same tables; all rows of a batch are of one partition.
 *
 * <p>java -cp jobs.jar:producer.jar BareDriver.java PORT KEYSPACE CATALOGUE SEED LISTENS LISTENERS
 * FROM TO ROWS_PER_BATCH IN_FLIGHT WARM_AFTER
 */
public final class BareDriver {
  private static final String INSERT_RECORD =
      "INSERT INTO records (name, event_time, song_name, artists, duration_ms, album_name,"
          + " album_release_date, danceability, energy, key, loudness, mode, speechiness,"
          + " acousticness, instrumentalness, liveness, valence, tempo)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_LISTENER =
      "INSERT INTO listeners_by_hour (hour, shard, name) VALUES (?, ?, ?)";

  private record HourShard(Instant hour, int shard) {}

  private final CqlSession session;
  private final int rowsPerBatch;
  private final int inFlight;
  private final Semaphore free;
  private final long warmAfter;
  private long rows;
  private long warmSince;
  private long rowsBefore;

  private BareDriver(CqlSession session, int rowsPerBatch, int inFlight, long warmAfter) {
    this.warmAfter = warmAfter;
    this.session = session;
    this.rowsPerBatch = rowsPerBatch;
    this.inFlight = inFlight;
    this.free = new Semaphore(inFlight);
  }

  public static void main(String[] args) throws InterruptedException {
    // The producer names no artists, so that its listens match the first song of a name.
    Map<String, Song> byName = new LinkedHashMap<>();
    Catalogue.read(Path.of(args[2])).songs().forEach(song -> byName.putIfAbsent(song.name(), song));
    List<Song> songs = List.copyOf(byName.values());
    Random random = new Random(Long.parseLong(args[3]));
    int[] played = new int[Integer.parseInt(args[4])];
    for (int i = 0; i < played.length; i++) {
      played[i] = random.nextInt(songs.size());
    }
    List<String> listeners =
        ListenerNames.draw(Integer.parseInt(args[5]) - 1, "Ada Lovelace", Long.parseLong(args[3]));
    long from = Instant.parse(args[6]).toEpochMilli();
    long milliseconds = Instant.parse(args[7]).toEpochMilli() - from;
    DriverConfigLoader config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
            .withString(
                DefaultDriverOption.REQUEST_CONSISTENCY, ConsistencyLevel.LOCAL_QUORUM.name())
            .build();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])))
            .withLocalDatacenter("datacenter1")
            .withKeyspace(args[1])
            .withConfigLoader(config)
            .build()) {
      new BareDriver(
              session,
              Integer.parseInt(args[8]),
              Integer.parseInt(args[9]),
              Long.parseLong(args[10]))
          .write(songs, played, listeners, i -> from + i * milliseconds / played.length);
    }
  }

  private void write(
      List<Song> songs, int[] played, List<String> listeners, LongUnaryOperator instants)
      throws InterruptedException {
    PreparedStatement insert = session.prepare(INSERT_RECORD);
    Map<HourShard, Set<String>> listenersByHour = new HashMap<>();
    long start = System.nanoTime();
    int step = listeners.size();
    // A listener's listens are every step-th one; the listeners take turns, a batch each.
    for (long first = 0; first < played.length; first += (long) step * rowsPerBatch) {
      for (int listener = 0; listener < step; listener++) {
        String name = listeners.get(listener);
        int shard = ListenersByHour.shard(name);
        List<BatchableStatement<?>> batch = new ArrayList<>(rowsPerBatch);
        for (long i = first + listener;
            i < played.length && batch.size() < rowsPerBatch;
            i += step) {
          long instant = instants.applyAsLong(i);
          batch.add(bind(insert, name, instant, songs.get(played[(int) i])));
          listenersByHour
              .computeIfAbsent(
                  new HourShard(Hour.of(instant).start(), shard), absent -> new HashSet<>())
              .add(name);
        }
        send(batch);
      }
    }
    long listens = rows;
    writeListeners(listenersByHour);
    free.acquire(inFlight);
    System.out.printf(
        Locale.ROOT,
        "wrote %d listens and %d listeners in %.3f s; once warm %d listens in %.3f s%n",
        listens,
        rows - listens,
        (System.nanoTime() - start) / 1e9,
        listens - rowsBefore,
        (System.nanoTime() - warmSince) / 1e9);
  }

  private void writeListeners(Map<HourShard, Set<String>> listenersByHour)
      throws InterruptedException {
    PreparedStatement insert = session.prepare(INSERT_LISTENER);
    for (Map.Entry<HourShard, Set<String>> entry : listenersByHour.entrySet()) {
      HourShard key = entry.getKey();
      List<String> names = List.copyOf(entry.getValue());
      for (int from = 0; from < names.size(); from += rowsPerBatch) {
        List<BatchableStatement<?>> batch = new ArrayList<>(rowsPerBatch);
        for (String name : names.subList(from, Math.min(from + rowsPerBatch, names.size()))) {
          batch.add(insert.bind(key.hour(), key.shard(), name));
        }
        send(batch);
      }
    }
  }

  private static BatchableStatement<?> bind(
      PreparedStatement insert, String name, long instant, Song song) {
    Object[] values = new Object[3 + SongColumn.values().length];
    values[0] = name;
    values[1] = Instant.ofEpochMilli(instant);
    values[2] = song.name();
    for (SongColumn column : SongColumn.values()) {
      values[3 + column.ordinal()] = song.get(column);
    }
    return insert.bind(values);
  }

  private void send(List<BatchableStatement<?>> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    Statement<?> write =
        batch.size() == 1
            ? (Statement<?>) batch.get(0)
            : BatchStatement.newInstance(DefaultBatchType.UNLOGGED, batch);
    if (rows >= warmAfter && warmSince == 0) {
      warmSince = System.nanoTime();
      rowsBefore = rows;
    }
    rows += batch.size();
    free.acquire();
    session
        .executeAsync(write)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                error.printStackTrace();
                System.exit(1);
              }
              free.release();
            });
  }
}
