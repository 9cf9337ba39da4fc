/**
 * The producer's command line. It sends listens of synthetic listeners to Kafka ({@link
 * io.playlog.producer.run}), those of downloaded histories ({@link io.playlog.producer.importing}),
 * and makes what they need: topics and a catalogue.
 */
package io.playlog.producer;
