/** The only place that makes Kafka clients and asks brokers about topics. */
package io.playlog.kafka;
