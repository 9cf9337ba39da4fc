package io.playlog.web.history;

import java.time.LocalDate;

/**
 * What the matched listens of some days were like.
 *
 * @param from the first of these days
 * @param matched listens
 */
public record Mood(
    LocalDate from,
    int matched,
    double danceability,
    double energy,
    double valence,
    double tempo) {}
