/**
 * Requests to Cassandra in our keyspace ({@link io.playlog.cassandra.CassandraSession}), the bound
 * on those under way ({@link io.playlog.cassandra.InFlight}), what becomes of one whose node is
 * silent ({@link io.playlog.cassandra.AnotherNode}), and what Cassandra's errors mean: {@link
 * io.playlog.cassandra.Unreachable} and {@link io.playlog.cassandra.ClusterChecks} when a session
 * is opened, {@link io.playlog.cassandra.Answers} for requests.
 */
package io.playlog.cassandra;
