package io.playlog.jobs.schema;

import java.nio.charset.StandardCharsets;
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

  public static int shard(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % SHARDS);
  }
}
