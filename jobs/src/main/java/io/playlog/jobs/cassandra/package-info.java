/**
 * Sessions with Cassandra through Spark's connector ({@link io.playlog.jobs.cassandra.Cassandra}).
 */
package io.playlog.jobs.cassandra;
