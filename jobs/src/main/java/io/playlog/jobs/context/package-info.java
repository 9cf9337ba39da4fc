/** What every job opens first. */
package io.playlog.jobs.context;
