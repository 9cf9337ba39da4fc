package io.playlog.jobs.progress;

/**
 * What has been stored of a Kafka partition: a row of {@code stream_progress}.
 *
 * @param nextOffset all messages before it are stored
 * @param totals of these messages, each counted once
 */
public record PartitionProgress(int partition, long nextOffset, Counts totals) {}
