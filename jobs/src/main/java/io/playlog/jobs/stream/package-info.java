/**
 * The stream: stores what the topic holds, in micro-batches. Read {@link
 * io.playlog.jobs.stream.ListenStream} first, the query from Kafka to {@code MicroBatches}, which
 * says in which order a micro-batch is stored; its tasks are {@link io.playlog.jobs.ingest.Ingest}.
 * The rest guards the start ({@code StreamChecks}, {@code Lease}, {@link
 * io.playlog.jobs.stream.checkpoint}) and the stop ({@code GracefulStop}), and takes up a changed
 * catalogue ({@code CurrentSongs}).
 */
package io.playlog.jobs.stream;
