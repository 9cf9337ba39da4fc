/** The errors that stop a program: one exception, an id for each, and the exit codes. */
package io.playlog.error;
