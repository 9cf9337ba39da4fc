package io.playlog.listen;

/**
 * One listener played one song at one instant.
 *
 * @param name the listener; in form NFC if a message was read, as is the song
 * @param song the song's name, whether the catalogue knows it or not
 * @param eventTimestamp milliseconds since the epoch
 */
public record Listen(String name, String song, long eventTimestamp) {}
