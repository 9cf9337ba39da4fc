package io.playlog.kafka;

/**
 * Where a message stood first in its topic: where it stands or, if it is a dead letter that was
 * sent again, where its original stood.
 */
public record Origin(int partition, long offset, boolean replayed) {}
