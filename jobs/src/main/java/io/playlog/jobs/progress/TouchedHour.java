package io.playlog.jobs.progress;

import java.time.Instant;

/**
 * An hour that got listens from a Kafka partition: a row of {@code hours_touched}.
 *
 * @param lastOffset of these listens' messages
 */
public record TouchedHour(Instant hour, int partition, long lastOffset) {}
