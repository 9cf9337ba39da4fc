/**
 * What Kafka and Cassandra say of the state of things, asked every few seconds by one thread
 * ({@link io.playlog.web.sample.Sampler}) and given to whoever looks ({@link
 * io.playlog.web.sample.Snapshot}), so that many who look cost no more than one.
 */
package io.playlog.web.sample;
