/**
 * What Playlog keeps in Cassandra: a class per table with all CQL that is said about it ({@link
 * io.playlog.jobs.store.Records}, {@link io.playlog.jobs.store.ListenersByHour}, {@link
 * io.playlog.jobs.store.DaysTouched}, {@link io.playlog.jobs.store.HoursTouched}, {@link
 * io.playlog.jobs.store.HourMarks}, {@link io.playlog.jobs.store.StreamProgress}, {@link
 * io.playlog.jobs.store.Summaries}, {@link io.playlog.jobs.store.ReportRuns}, {@link
 * io.playlog.jobs.store.Forgotten}, {@link io.playlog.jobs.store.SkippedOffsets}), and what reads
 * or writes several of them: {@link io.playlog.jobs.store.ListenWriter}, {@link
 * io.playlog.jobs.store.HourReader}, {@link io.playlog.jobs.store.Hours}.
 */
package io.playlog.jobs.store;
