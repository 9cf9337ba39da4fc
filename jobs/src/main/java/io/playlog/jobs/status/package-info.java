/** How far the stream and the reports have come, for {@code scripts/status.sh}. */
package io.playlog.jobs.status;
