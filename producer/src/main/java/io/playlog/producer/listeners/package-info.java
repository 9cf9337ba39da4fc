/** The names of synthetic listeners; benchmarks draw the same ones. */
package io.playlog.producer.listeners;
