/**
 * The stream's checkpoint: who may use it ({@link
 * io.playlog.jobs.stream.checkpoint.CheckpointLock}), whether it still fits topic and keyspace
 * ({@link io.playlog.jobs.stream.checkpoint.CheckpointGuard}) and is whole ({@code SparkFiles}),
 * and how its files are written ({@link io.playlog.jobs.stream.checkpoint.LocalCheckpointFiles}).
 */
package io.playlog.jobs.stream.checkpoint;
