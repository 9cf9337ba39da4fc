package io.playlog.jobs.summary;

import io.playlog.listen.Hour;
import java.io.Serializable;

/**
 * An hour that is being published.
 *
 * @param timestamp of what is written, above those of the reports before
 * @param publishedBefore else no summary of the hour can be there, and none is looked for
 */
record PlannedHour(Hour hour, long timestamp, boolean publishedBefore) implements Serializable {}
