/** Matches listens anew that were stored without a song's features. */
package io.playlog.jobs.rematch;
