package io.playlog.jobs.kafka;

/**
 * Messages of one partition.
 *
 * @param start the first
 * @param end not included
 */
public record OffsetRange(long start, long end) {}
