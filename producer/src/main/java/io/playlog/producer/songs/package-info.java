/**
 * Generates {@code data/spotify-songs.csv}: songs that do not exist, with what real catalogues have
 * (scripts, quotes, several artists, missing albums). The same seed gives the same bytes.
 */
package io.playlog.producer.songs;
