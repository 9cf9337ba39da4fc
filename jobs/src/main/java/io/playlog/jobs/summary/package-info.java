/**
 * The hourly summaries. {@link io.playlog.jobs.summary.HourlySummaryCommand} chooses the hours and
 * waits at the {@code Gate}; {@code Publication} publishes them in portions: one hour by {@code
 * HourlyReport}, whose tasks are {@code SummarizeShard}s, and many by {@code ManyHoursReport},
 * whose tasks are {@code SummarizeHours}. {@code HourSums} does the same for both.
 */
package io.playlog.jobs.summary;
