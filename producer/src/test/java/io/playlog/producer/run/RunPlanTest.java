package io.playlog.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.cli.TimeRange;
import io.playlog.config.ProducerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

class RunPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T15:30:00Z");
  private static final ProducerSettings SETTINGS =
      new ProducerSettings(60, "Ada Lovelace", Duration.ofSeconds(5), 7, "lz4");

  @Test
  void goesOnAtTheIntervalsRateByItself() {
    assertThat(plan()).isEqualTo(new RunPlan(61, 7, RunPlan.ENDLESS, new Rate(12.2), null, null));
  }

  @Test
  void takesCountRateAndSeed() {
    assertThat(plan("--count=100", "--rate=2.5", "--seed=-1"))
        .isEqualTo(new RunPlan(61, -1, 100, new Rate(2.5), null, null));
    assertThat(plan("--rate=max").rate()).isEqualTo(Rate.MAX);
    assertThat(plan("--manifest=sent.tsv").manifest()).isEqualTo(Path.of("sent.tsv"));
  }

  @Test
  void backDatesAsManyListensAsTheIntervalGives() {
    RunPlan plan = plan("--from=2026-11-22T13:00:00Z", "--to=2026-11-22T17:00+02:00");

    TimeRange range =
        new TimeRange(Instant.parse("2026-11-22T13:00:00Z"), Instant.parse("2026-11-22T15:00:00Z"));
    assertThat(plan).isEqualTo(new RunPlan(61, 7, 87_840, Rate.MAX, range, null));
    assertThat(plan.summary())
        .isEqualTo(
            "87840 listens of 61 listeners, as many as possible a second, from"
                + " 2026-11-22T13:00:00Z to 2026-11-22T15:00:00Z, seed 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "fast", "NaN", "Infinity"})
  void refusesWhatIsNoRate(String rate) {
    assertThatThrownBy(() -> plan("--rate=" + rate))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "Invalid value for option '--rate': found %s, expected listens per second, such as 500, or max"
                .formatted(rate));
  }

  @Test
  void refusesWhatIsNoInstant() {
    assertThatThrownBy(() -> plan("--from=2026-11-22", "--to=2026-11-23"))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "Invalid value for option '--from': found '2026-11-22', expected an instant, such as"
                + " 2026-11-22T13:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count=0 | --count: found 0, expected 1 to 1000000000",
        "--from=2026-11-22T13:00:00Z | --from and --to go together",
        "--to=2026-11-22T13:00:00Z | --from and --to go together",
        "--from=2026-11-22T13:00:00Z --to=2026-11-22T13:00:00Z"
            + " | --from: found 2026-11-22T13:00:00Z, expected an instant before --to 2026-11-22T13:00:00Z",
        "--from=1999-12-31T23:00:00Z --to=2026-11-22T13:00:00Z"
            + " | --from: found 1999-12-31T23:00:00Z, expected 2000-01-01T00:00:00Z or later",
        "--from=2026-11-22T15:00:00Z --to=2026-11-22T16:00:00Z"
            + " | --to: found 2026-11-22T16:00:00Z, expected an instant that is over (now: 2026-11-22T15:30:00Z)",
        "--from=2026-11-22T13:00:00Z --to=2026-11-22T13:00:01Z --count=61001"
            + " | --from and --to: 1000 ms have no room for 1001 listens of each listener, at most one a millisecond",
        "--from=2026-11-22T13:00:00Z --to=2026-11-22T13:00:00.050Z"
            + " | --from and --to: playlog.producer.interval gives 0 listens for this time, expected 1 to 1000000000; set --count"
      })
  void refusesContradictions(String arguments, String message) {
    assertThatThrownBy(() -> plan(arguments.split(" ")))
        .isInstanceOf(ParameterException.class)
        .hasMessage(message);
  }

  private static RunPlan plan(String... arguments) {
    @Command
    class Holder {
      @CommandLine.Mixin RunOptions options;
    }

    Holder holder = new Holder();
    CommandLine line = new CommandLine(holder);
    line.parseArgs(arguments);
    return RunPlan.of(line.getCommandSpec(), holder.options, SETTINGS, NOW);
  }
}
