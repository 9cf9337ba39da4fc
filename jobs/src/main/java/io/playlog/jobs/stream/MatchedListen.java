package io.playlog.jobs.stream;

import io.playlog.listen.Listen;

/**
 * A listen and what the catalogue knows of its song.
 *
 * @param song encoded columns, see {@link SongColumns}; null if the catalogue does not know it
 */
record MatchedListen(Listen listen, byte[][] song) {}
