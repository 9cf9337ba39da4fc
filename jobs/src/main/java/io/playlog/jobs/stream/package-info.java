/**
 * The stream: stores what the topic holds, in micro-batches. Where to read first:
 *
 * <ol>
 *   <li>{@link io.playlog.jobs.stream.ListenStream}: the query, from Kafka to {@code BatchStore}.
 *   <li>{@link io.playlog.jobs.stream.BatchStore}: a micro-batch, on the driver. Its tasks run,
 *       then it writes the hours touched and the progress.
 *   <li>{@link io.playlog.jobs.stream.StoreTask}: one task, on an executor, for the messages of a
 *       Kafka partition. {@link io.playlog.jobs.stream.TaskMessages} parses, matches with {@link
 *       io.playlog.jobs.stream.CurrentSongs the songs} and counts; {@link
 *       io.playlog.jobs.stream.ListenBuffer} arranges the listens by Cassandra's partitions; {@link
 *       io.playlog.jobs.stream.RecordWriter} writes each partition's rows in batches; {@link
 *       io.playlog.jobs.stream.DeadLetters} takes what is no listen.
 * </ol>
 *
 * <p>Why it is fast: Kafka's key is the listener, who is Cassandra's partition, so a task's rows
 * come in batches of one partition without a shuffle; a song's columns are {@link
 * io.playlog.jobs.stream.SongColumns encoded once}; a listener's hour is {@link
 * io.playlog.jobs.stream.NotedListeners written once}; requests are asynchronous, as many as {@link
 * io.playlog.jobs.cassandra.InFlight} allows.
 *
 * <p>The rest guards the start ({@link io.playlog.jobs.stream.StartChecks}, {@link
 * io.playlog.jobs.stream.CheckpointCheck}, {@link io.playlog.jobs.stream.CheckpointLock}), the stop
 * ({@link io.playlog.jobs.stream.GracefulStop}) and the data in between ({@link
 * io.playlog.jobs.stream.ProgressWatch}).
 */
package io.playlog.jobs.stream;
