/**
 * Sessions with Cassandra through the connector ({@link io.playlog.jobs.cassandra.Cassandra}), the
 * bound on requests under way ({@link io.playlog.jobs.cassandra.InFlight}), and what Cassandra's
 * errors mean: {@code Unreachable} and {@code ClusterChecks} when a session is opened, {@link
 * io.playlog.jobs.cassandra.Answers} for requests.
 */
package io.playlog.jobs.cassandra;
