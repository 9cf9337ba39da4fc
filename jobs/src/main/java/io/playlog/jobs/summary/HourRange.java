package io.playlog.jobs.summary;

import io.playlog.listen.Hour;
import io.playlog.store.Hours.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hours that are to be published, whether or not they are due.
 *
 * @param to not included
 * @param publishedSince hours whose reports began no earlier are left out, unless they are due
 */
record HourRange(Hour from, Hour to, Optional<Instant> publishedSince) {
  private static final Logger LOG = LoggerFactory.getLogger(HourRange.class);

  /**
   * Says what it leaves out.
   *
   * @param known hours that were ever touched, marked or reported
   * @param over an hour that ends later is not over yet
   * @return newest first
   */
  List<Hour> hours(NavigableMap<Hour, State> known, Instant over) {
    Hour running = Hour.of(over);
    if (running.compareTo(to) < 0) {
      LOG.warn(
          "Left out the hours of the range from {} on: they, or their grace periods, are not over",
          running.compareTo(from) < 0 ? from : running);
    }
    List<Hour> hours = new ArrayList<>();
    int published = 0;
    for (Map.Entry<Hour, State> each :
        known.subMap(from, true, to, false).descendingMap().entrySet()) {
      if (each.getKey().end().isAfter(over)) {
        continue;
      }
      if (isPublished(each.getValue())) {
        published++;
      } else {
        hours.add(each.getKey());
      }
    }
    if (published > 0) {
      LOG.info(
          "Left out {} hours of the range, which were published since {}",
          published,
          publishedSince.orElseThrow());
    } else if (hours.isEmpty()) {
      LOG.info("Nobody listened in the hours that are over of the range from {} to {}", from, to);
    }
    return hours;
  }

  private boolean isPublished(State state) {
    return publishedSince.isPresent()
        && !state.isDue()
        && !state.run().orElseThrow().startedAt().isBefore(publishedSince.get());
  }
}
