/** A listener's history as a file that other programs read. */
package io.playlog.jobs.export;
