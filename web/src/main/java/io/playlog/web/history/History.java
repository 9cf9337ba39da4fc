package io.playlog.web.history;

import io.playlog.store.CodePoints;
import io.playlog.store.StoredListen;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one listener listened to in a range of days. All listens count, also in minutes, artists and
 * albums as far as these are known; moods are of those that the catalogue knew.
 */
public final class History {
  private static final int DAYS_OF_DAILY_MOODS = 62;
  private static final int DAYS_OF_WEEKLY_MOODS = 400;

  private final DateRange range;
  private final Map<String, Count> songs = new HashMap<>();
  private final Map<String, Count> artists = new HashMap<>();
  private final Map<String, Count> albums = new HashMap<>();
  private final int[][] week = new int[7][24];
  private final SortedMap<LocalDate, Integer> days = new TreeMap<>();
  private final SortedMap<LocalDate, Sums> moods = new TreeMap<>();
  private final Sums all = new Sums();
  private int listens;
  private long milliseconds;

  public History(DateRange range) {
    this.range = range;
  }

  /** Listens come in clustering order, so that the same rows give the same doubles. */
  public void add(StoredListen listen, String album) {
    listens++;
    ZonedDateTime time = listen.eventTime().atZone(range.zone());
    week[time.getDayOfWeek().getValue() - 1][time.getHour()]++;
    LocalDate day = time.toLocalDate();
    days.merge(day, 1, Integer::sum);
    Count song = songs.computeIfAbsent(listen.songName(), name -> new Count());
    song.plays++;
    milliseconds += listen.listenedMs();
    if (listen.artists() != null) {
      song.describe(listen.artists());
      artists.computeIfAbsent(listen.artists(), name -> new Count()).plays++;
    }
    if (album != null && !album.isEmpty()) {
      Count counted = albums.computeIfAbsent(album, name -> new Count());
      counted.plays++;
      counted.describe(listen.artists());
    }
    StoredListen.Features features = listen.features();
    if (features != null) {
      all.add(features);
      moods.computeIfAbsent(startOfMood(day), from -> new Sums()).add(features);
    }
  }

  public DateRange range() {
    return range;
  }

  public int listens() {
    return listens;
  }

  /** Listens that the catalogue knew. */
  public int matched() {
    return all.matched;
  }

  public long milliseconds() {
    return milliseconds;
  }

  public int distinctSongs() {
    return songs.size();
  }

  /** The most played, the lowest name first of those that were played as often. */
  public List<Counted> topSongs(int most) {
    return top(songs, most);
  }

  public List<Counted> topArtists(int most) {
    return top(artists, most);
  }

  public List<Counted> topAlbums(int most) {
    return top(albums, most);
  }

  private static List<Counted> top(Map<String, Count> counts, int most) {
    return counts.entrySet().stream()
        .map(entry -> new Counted(entry.getKey(), entry.getValue().detail, entry.getValue().plays))
        .sorted(
            Comparator.comparingInt(Counted::plays)
                .reversed()
                .thenComparing(Counted::name, CodePoints.ORDER))
        .limit(most)
        .toList();
  }

  /** Listens of this hour of the clock on this day of the week. */
  public int at(DayOfWeek day, int hour) {
    return week[day.getValue() - 1][hour];
  }

  /** Listens by day; days without any are absent. */
  public SortedMap<LocalDate, Integer> days() {
    return Collections.unmodifiableSortedMap(days);
  }

  /** Of all matched listens; empty if there are none. */
  public List<Mood> mood() {
    return all.matched == 0 ? List.of() : List.of(all.mood(range.from()));
  }

  /** By day, week or month, as long as the range is; what has no matched listen is absent. */
  public List<Mood> moods() {
    return moods.entrySet().stream().map(entry -> entry.getValue().mood(entry.getKey())).toList();
  }

  /** What {@link #moods} has one of for each. */
  public String moodUnit() {
    return range.days() <= DAYS_OF_DAILY_MOODS
        ? "day"
        : range.days() <= DAYS_OF_WEEKLY_MOODS ? "week" : "month";
  }

  private LocalDate startOfMood(LocalDate day) {
    return switch (moodUnit()) {
      case "day" -> day;
      case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      default -> day.withDayOfMonth(1);
    };
  }

  /** How often something was played, and whose it is. */
  private static final class Count {
    private int plays;
    private String detail;

    /** Of several the lowest, so that the same rows give the same text. */
    void describe(String text) {
      detail = CodePoints.first(detail, text);
    }
  }

  private static final class Sums {
    private int matched;
    private double danceability;
    private double energy;
    private double valence;
    private double tempo;

    void add(StoredListen.Features features) {
      matched++;
      danceability += features.danceability();
      energy += features.energy();
      valence += features.valence();
      tempo += features.tempo();
    }

    Mood mood(LocalDate from) {
      return new Mood(
          from,
          matched,
          danceability / matched,
          energy / matched,
          valence / matched,
          tempo / matched);
    }
  }
}
