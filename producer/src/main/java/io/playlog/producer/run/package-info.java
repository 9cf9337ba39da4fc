/**
 * One run of the producer: the plan made of options and settings, when each listen happens and is
 * sent, and what becomes of it.
 */
package io.playlog.producer.run;
