/**
 * Messages that a broker's disk has damaged: finds out which they are, and moves past them ({@link
 * io.playlog.jobs.unreadable.SkipUnreadableCommand}).
 */
package io.playlog.jobs.unreadable;
