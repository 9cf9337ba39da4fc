/** Reads topics by Spark's Kafka source. */
package io.playlog.jobs.kafka;
