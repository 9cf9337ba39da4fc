package io.playlog.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.playlog.config.PlaylogConfig;
import io.playlog.listen.Hour;
import io.playlog.names.Names;
import io.playlog.store.Hours;
import io.playlog.store.Listeners;
import io.playlog.store.ListenersByHour;
import io.playlog.web.WebServer.BadRequestException;
import io.playlog.web.history.DateRange;
import io.playlog.web.history.Histories;
import io.playlog.web.history.History;
import io.playlog.web.page.Format;
import io.playlog.web.page.HourPage;
import io.playlog.web.page.HourPage.Cursor;
import io.playlog.web.page.HourPage.ListenerSummary;
import io.playlog.web.page.HoursPage;
import io.playlog.web.page.ListenerPage;
import io.playlog.web.page.ListenersPage;
import io.playlog.web.page.Overview;
import io.playlog.web.sample.Sampler;
import io.playlog.web.sample.Tables;
import io.playlog.web.sample.TopSongs;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The pages: what a request asks for, and what its template is given. */
final class Pages {
  private static final int LISTENERS_PER_PAGE = 50;

  private final Duration timeout;
  private final Sampler sampler;
  private final HourSongs hourSongs = new HourSongs();
  private final Renderer renderer;

  /** Makes HTML of a template. */
  interface Renderer {
    String render(String template, Map<String, Object> parameters);
  }

  Pages(PlaylogConfig config, Sampler sampler, Renderer renderer) {
    this.timeout = config.web().requestTimeout();
    this.sampler = sampler;
    this.renderer = renderer;
  }

  void add(RoutesConfig routes) {
    routes.get("/", context -> show(context, "overview", new Overview(sampler.latest())));
    routes.get("/listeners", this::search);
    routes.get("/listeners/{name}", this::listener);
    routes.get("/listeners/{name}/{year}", this::year);
    routes.get("/hours", this::hours);
    routes.get("/hours/{hour}", this::hour);
    routes.get("/operation", context -> show(context, "operation", new Overview(sampler.latest())));
  }

  private void show(Context context, String template, Object page) {
    context.html(renderer.render(template, Map.of("page", page)));
  }

  private void search(Context context) {
    String query = Names.toNfc(Parameters.text(context, "q"));
    if (Names.isBlank(query)) {
      show(context, "listeners", ListenersPage.EMPTY);
      return;
    }
    String after = Parameters.text(context, "after");
    Listeners listeners = sampler.tables().listeners();
    List<String> found = listeners.search(query, after, ListenersPage.LOOKED_FOR);
    boolean isName = listeners.contains(query);
    show(context, "listeners", ListenersPage.of(query, after, found, isName));
  }

  private void listener(Context context) throws InterruptedException, TimeoutException {
    ZoneId zone = Parameters.zone(context);
    LocalDate today = LocalDate.now(zone);
    LocalDate to = Parameters.date(context, "to", today);
    LocalDate from = Parameters.date(context, "from", to.minusDays(29));
    if (to.isBefore(from)) {
      throw new BadRequestException(
          "from and to: found %s and %s, expected the first day before the last"
              .formatted(from, to));
    }
    showHistory(context, new DateRange(from, to, zone), from + " to " + to, false);
  }

  private void year(Context context) throws InterruptedException, TimeoutException {
    int year = Parameters.year(context);
    DateRange range =
        new DateRange(
            LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31), Parameters.zone(context));
    boolean save = context.queryParam("save") != null;
    showHistory(context, range, String.valueOf(year), save);
    if (save) {
      // Last: an error is shown, not kept.
      context.header(
          "Content-Disposition",
          "attachment; filename*=UTF-8''%s"
              .formatted(Format.encode("%s in %d.html".formatted(Parameters.name(context), year))));
    }
  }

  private void showHistory(Context context, DateRange range, String title, boolean toKeep)
      throws InterruptedException, TimeoutException {
    String name = Parameters.name(context);
    History history = Histories.read(sampler.tables().records(), name, range, timeout);
    show(context, "listener", ListenerPage.of(name, title, history, sampler.latest(), toKeep));
  }

  private void hours(Context context) {
    String hour = context.queryParam("hour");
    if (hour != null) {
      context.redirect("/hours/" + Format.hourPath(Parameters.hour(hour).start()));
      return;
    }
    String before = context.queryParam("before");
    show(
        context,
        "hours",
        HoursPage.of(sampler.latest(), before == null ? null : Parameters.hour(before)));
  }

  private void hour(Context context) throws InterruptedException, TimeoutException {
    Hour hour = Parameters.hour(context.pathParam("hour"));
    Tables tables = sampler.tables();
    Cursor cursor = Parameters.cursor(context);
    // All at once: beside a stream that is busy each answer takes its time.
    CompletableFuture<Hours.State> state = tables.hours().readAsync(hour);
    CompletableFuture<TopSongs> songs =
        state.thenCompose(found -> hourSongs.read(tables.songsByHour()::forEach, hour, found));
    List<ListenerSummary> summaries = new ArrayList<>();
    Cursor next = addSummaries(tables, hour, cursor, summaries);
    await(songs);
    TopSongs played = songs.join();
    show(
        context,
        "hour",
        new HourPage(hour, state.join(), played.songs(), played.others(), summaries, next));
  }

  private Cursor addSummaries(
      Tables tables, Hour hour, Cursor from, List<ListenerSummary> summaries)
      throws InterruptedException, TimeoutException {
    List<String> names = new ArrayList<>();
    Cursor next = null;
    List<List<String>> shards = names(tables, hour, from, from.shard() + 1);
    if (shards.get(0).size() <= LISTENERS_PER_PAGE) {
      // One shard of a busy hour fills a page; of any other all are asked at once.
      shards.addAll(
          names(tables, hour, new Cursor(from.shard() + 1, ""), ListenersByHour.SHARDS.size()));
    }
    for (int i = 0; i < shards.size() && next == null; i++) {
      int room = LISTENERS_PER_PAGE - names.size();
      List<String> found = shards.get(i);
      names.addAll(found.subList(0, Math.min(room, found.size())));
      if (found.size() > room) {
        String after = i == 0 ? from.after() : "";
        next = new Cursor(from.shard() + i, room == 0 ? after : found.get(room - 1));
      }
    }
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    Map<String, ListenerSummary> found = new ConcurrentHashMap<>();
    for (String name : names) {
      reads.add(
          tables
              .summaries()
              .read(name, hour)
              .thenAccept(
                  summary ->
                      summary.ifPresent(row -> found.put(name, new ListenerSummary(name, row))))
              .toCompletableFuture());
    }
    awaitAll(reads);
    names.stream().filter(found::containsKey).map(found::get).forEach(summaries::add);
    return next;
  }

  /** Of each shard, up to {@code to}, those of one page and one more. */
  private List<List<String>> names(Tables tables, Hour hour, Cursor from, int to)
      throws InterruptedException, TimeoutException {
    List<CompletableFuture<List<String>>> shards = new ArrayList<>();
    for (int shard = from.shard(); shard < to; shard++) {
      String after = shard == from.shard() ? from.after() : "";
      shards.add(
          tables
              .listenersByHour()
              .read(hour, shard, after, LISTENERS_PER_PAGE + 1)
              .toCompletableFuture());
    }
    awaitAll(shards);
    return shards.stream()
        .map(CompletableFuture::join)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private void awaitAll(List<? extends CompletableFuture<?>> stages)
      throws InterruptedException, TimeoutException {
    await(CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new)));
  }

  private void await(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
    try {
      stage.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
