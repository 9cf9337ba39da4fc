/** The state of stream and reports as metrics for Prometheus. */
package io.playlog.web.metrics;
