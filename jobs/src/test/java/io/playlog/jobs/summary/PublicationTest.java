package io.playlog.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reports that take time only on the test's own clock. */
class PublicationTest {
  private static final Duration BUDGET = Duration.ofMinutes(30);

  private final Clockwork reports = new Clockwork();

  /** Publishes even hours many at a time and leaves odd ones, which are wide, to be alone. */
  private static final class Clockwork implements Publication.Reports {
    private final List<Integer> portions = new ArrayList<>();
    private final List<Hour> published = new ArrayList<>();
    private ToLongFunction<Integer> secondsOfPortion = size -> 1;
    private long secondsAlone = 1;
    private long now = Long.MAX_VALUE - 5;

    @Override
    public void publish(Hour hour) {
      published.add(hour);
      now += Duration.ofSeconds(secondsAlone).toNanos();
    }

    @Override
    public List<Hour> publish(List<Hour> hours) {
      portions.add(hours.size());
      now += Duration.ofSeconds(secondsOfPortion.applyAsLong(hours.size())).toNanos();
      hours.stream().filter(hour -> !isWide(hour)).forEach(published::add);
      return hours.stream().filter(Clockwork::isWide).toList();
    }

    private static boolean isWide(Hour hour) {
      return hour.sinceEpoch() % 2 == 1;
    }
  }

  private static List<Hour> narrow(int count) {
    return LongStream.range(0, count).mapToObj(number -> new Hour(2 * number)).toList();
  }

  private static List<Hour> wide(int count) {
    return LongStream.range(0, count).mapToObj(number -> new Hour(2 * number + 1)).toList();
  }

  private int publish(List<Hour> asked, List<Hour> due) throws InterruptedException {
    return new Publication(reports, () -> reports.now).publish(asked, due, BUDGET);
  }

  @Test
  void portionsAreDoubledWhileTheyAreDoneSoon() throws InterruptedException {
    assertThat(publish(List.of(), narrow(8000))).isZero();
    assertThat(reports.portions).startsWith(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 2048);
    assertThat(reports.published).isEqualTo(narrow(8000));
  }

  @Test
  void onesThatTakeLongAreHalved() throws InterruptedException {
    reports.secondsOfPortion = size -> size;
    assertThat(publish(List.of(), narrow(200))).isZero();
    assertThat(reports.portions).startsWith(2, 4, 8, 16, 8, 16, 8, 16);
  }

  @Test
  void noPortionOfDueHoursBeginsAfterTheBudget() throws InterruptedException {
    reports.secondsOfPortion = size -> 1000;
    assertThat(publish(List.of(), narrow(200))).isEqualTo(200 - 1 - 2 - 1 - 2);
  }

  /** Two quiet days, then hours that take three seconds each. */
  @Test
  void wideHoursOfAPortionBeginWithinTheBudget() throws InterruptedException {
    reports.secondsAlone = 3;
    List<Hour> due = new ArrayList<>(narrow(4095));
    due.addAll(wide(2048));
    int left = publish(List.of(), due);
    assertThat(Duration.ofSeconds(3L * (2048 - left)))
        .isBetween(BUDGET.minusSeconds(60), BUDGET.plusSeconds(3));
    assertThat(reports.published).isEqualTo(due.subList(0, due.size() - left));
  }

  @Test
  void whatWasAskedForIsPublishedHoweverLongItTakes() throws InterruptedException {
    reports.secondsAlone = 1000;
    List<Hour> asked = new ArrayList<>(narrow(10));
    asked.addAll(wide(10));
    assertThat(publish(asked, wide(30).subList(10, 30))).isEqualTo(20);
    assertThat(Set.copyOf(reports.published)).isEqualTo(Set.copyOf(asked));
  }

  @Test
  void oneDueHourIsPublishedHoweverSmallTheBudget() throws InterruptedException {
    Publication publication = new Publication(reports, () -> reports.now);
    assertThat(publication.publish(List.of(), narrow(3), Duration.ZERO)).isEqualTo(2);
    assertThat(publication.publish(List.of(), List.of(), Duration.ZERO)).isZero();
    assertThat(reports.published).isEqualTo(narrow(1));
  }
}
