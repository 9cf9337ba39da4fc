/** Threads that work beside what a program waits for. */
package io.playlog.threads;
