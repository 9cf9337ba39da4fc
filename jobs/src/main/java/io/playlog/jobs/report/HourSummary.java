package io.playlog.jobs.report;

/**
 * What one listener listened to in one hour. The averages, {@code listenedMs} and {@code topArtist}
 * are about matched listens; averages and top artist are null if there is none.
 */
record HourSummary(
    int songsListened,
    int songsMatched,
    int distinctSongs,
    long listenedMs,
    Double avgDanceability,
    Double avgEnergy,
    Double avgValence,
    Double avgTempo,
    String topSong,
    String topArtist) {}
