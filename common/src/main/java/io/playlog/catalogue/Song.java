package io.playlog.catalogue;

import java.time.LocalDate;

/**
 * A row of the catalogue, in the public data set's units.
 *
 * @param artists one or more, joined by ", "; kept as one text, since an artist's name may hold a
 *     comma
 * @param albumName null if the catalogue does not say
 * @param albumReleaseDate null if the catalogue does not say
 * @param key pitch class, 0 to 11
 * @param loudness decibels
 * @param mode 1 major, 0 minor
 * @param tempo beats per minute
 */
public record Song(
    String name,
    String artists,
    int durationMs,
    String albumName,
    LocalDate albumReleaseDate,
    float danceability,
    float energy,
    String key,
    float loudness,
    String mode,
    float speechiness,
    float acousticness,
    float instrumentalness,
    float liveness,
    float valence,
    float tempo) {}
