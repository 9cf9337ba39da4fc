/** Sessions with Cassandra through the connector, and the bound on requests under way. */
package io.playlog.jobs.cassandra;
