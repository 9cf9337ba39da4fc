package io.playlog.jobs.stream;

import io.playlog.jobs.progress.Counts;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * What a task did with the messages of one Kafka partition.
 *
 * @param all of these messages
 * @param first of those that were not stored by an earlier run
 * @param hoursTouched offset of the last such message per hour
 */
record TaskResult(int partition, Counts all, Counts first, Map<Instant, Long> hoursTouched)
    implements Serializable {}
