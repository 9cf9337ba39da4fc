/**
 * The way of a message into the tables, which the stream and the audit's repair share. {@link
 * io.playlog.jobs.ingest.Ingest} runs a task per Kafka partition; {@code TaskMessages} parses,
 * matches and counts; {@link io.playlog.store.ListenWriter} writes.
 *
 * <p>Why it is fast: Kafka's key is the listener, who is Cassandra's partition, so a task's rows
 * come in batches of one partition without a shuffle; a song's columns are encoded once ({@link
 * io.playlog.store.SongColumns}); a listener's hour is written once ({@link
 * io.playlog.store.NotedListeners}); requests are asynchronous, as many as {@link
 * io.playlog.cassandra.InFlight} allows.
 */
package io.playlog.jobs.ingest;
