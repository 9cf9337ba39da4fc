package io.playlog.jobs.stream;

import java.time.Instant;

/** The key of a partition of {@code listeners_by_hour}. */
record HourShard(Instant hour, int shard) {}
