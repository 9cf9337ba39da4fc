package io.playlog.web.history;

/**
 * A song, an artist or an album, and how often it was played.
 *
 * @param detail of a song its artists; null if there is none
 */
public record Counted(String name, String detail, int plays) {}
