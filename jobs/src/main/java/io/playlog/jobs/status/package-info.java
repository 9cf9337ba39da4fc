/** How far the stream and the reports have come. */
package io.playlog.jobs.status;
