/** What the command lines of all programs share. */
package io.playlog.cli;
