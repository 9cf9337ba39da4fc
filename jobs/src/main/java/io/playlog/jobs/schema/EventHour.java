package io.playlog.jobs.schema;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32;

/** The clock hours (UTC) of event time, and the shards over which the schema spreads an hour. */
public final class EventHour {
  /** A constant of the schema: another number would hide what is stored already. */
  public static final int SHARDS = 16;

  private EventHour() {}

  /** Start of the hour that holds the instant. */
  public static Instant of(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * Whether the hour of an event was over for at least this long at a later instant: then it is
   * older than the hours from {@code now - age} on.
   *
   * @param epochMillis of the event
   * @param now milliseconds since the epoch
   */
  public static boolean isOlder(long epochMillis, Duration age, long now) {
    return of(epochMillis).isBefore(of(now - age.toMillis()));
  }

  public static int shard(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % SHARDS);
  }
}
