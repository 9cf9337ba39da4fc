/**
 * The hourly summaries. {@link io.playlog.jobs.summary.HourlySummaryCommand} chooses the hours and
 * waits at the {@code Gate}; {@code HourlyReport} publishes one; {@code SummarizeShard} is a task
 * of it.
 */
package io.playlog.jobs.summary;
