/**
 * Imports listening histories that people have downloaded from elsewhere: which of their lines
 * become listens, and the account of all of them.
 */
package io.playlog.producer.importing;
