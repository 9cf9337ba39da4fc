/** The Spark jobs' command line. */
package io.playlog.jobs;
