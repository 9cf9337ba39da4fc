/**
 * What Playlog keeps in Cassandra: a class per table with all CQL that is said about it ({@link
 * io.playlog.store.Records}, {@link io.playlog.store.ListenersByHour}, {@link
 * io.playlog.store.Listeners}, {@link io.playlog.store.DaysTouched}, {@link
 * io.playlog.store.HoursTouched}, {@link io.playlog.store.HourMarks}, {@link
 * io.playlog.store.StreamProgress}, {@link io.playlog.store.Summaries}, {@link
 * io.playlog.store.ReportRuns}, {@link io.playlog.store.SongsByHour}, {@link
 * io.playlog.store.Forgotten}, {@link io.playlog.store.SkippedOffsets}, {@link
 * io.playlog.store.StreamLease}), and what reads or writes several of them: {@link
 * io.playlog.store.ListenWriter}, {@link io.playlog.store.HourReader}, {@link
 * io.playlog.store.Hours}.
 */
package io.playlog.store;
