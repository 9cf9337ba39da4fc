package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.kafka.Offsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OffsetCommitsTest {
  private static final Offsets FIVE = Offsets.of(Map.of(0, 5L));
  private static final Offsets NINE = Offsets.of(Map.of(0, 9L));

  /** Any: the clock has no zero. */
  private static final long START = Long.MAX_VALUE - 10;

  private static final long SECOND = 1_000_000_000L;

  private final List<Offsets> asked = new ArrayList<>();
  private final List<CompletableFuture<Void>> answers = new ArrayList<>();
  private final OffsetCommits commits =
      OffsetCommits.untimed(
          offsets -> {
            asked.add(offsets);
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
          },
          FIVE);

  private void answer() {
    answers.get(answers.size() - 1).complete(null);
  }

  private void refuse() {
    answers.get(answers.size() - 1).completeExceptionally(new IllegalStateException("refused"));
  }

  @Test
  void whatIsStoredAtTheStartIsCommittedAtOnce() {
    commits.commitIfDue(START);
    assertThat(asked).containsExactly(FIVE);
  }

  @Test
  void whatIsCommittedIsCommittedAgainAfterAWhileOnly() {
    commits.commitIfDue(START);
    answer();
    commits.commitIfDue(START + SECOND);
    commits.commitIfDue(START + OffsetCommits.RENEWAL.toNanos() - 1);
    assertThat(asked).containsExactly(FIVE);

    commits.commitIfDue(START + OffsetCommits.RENEWAL.toNanos());
    assertThat(asked).containsExactly(FIVE, FIVE);
  }

  @Test
  void whatIsNewIsCommittedWhenTheLastIsAnswered() {
    commits.commitIfDue(START);
    commits.stored(NINE);
    commits.commitIfDue(START + SECOND);
    assertThat(asked).containsExactly(FIVE);

    answer();
    commits.commitIfDue(START + 2 * SECOND);
    assertThat(asked).containsExactly(FIVE, NINE);
  }

  @Test
  void whatFailedIsTriedAgain() {
    commits.commitIfDue(START);
    refuse();
    commits.commitIfDue(START + SECOND);
    assertThat(asked).containsExactly(FIVE, FIVE);
  }

  @Test
  void aTargetThatThrowsIsTriedAgain() {
    List<Offsets> refused = new ArrayList<>();
    OffsetCommits closed =
        OffsetCommits.untimed(
            offsets -> {
              refused.add(offsets);
              throw new IllegalStateException("closed");
            },
            FIVE);
    closed.commitIfDue(START);
    closed.commitIfDue(START + SECOND);
    assertThat(refused).containsExactly(FIVE, FIVE);
  }

  @Test
  void theLastIsCommittedAtTheEnd() throws InterruptedException {
    List<Offsets> all = new ArrayList<>();
    try (OffsetCommits last =
        OffsetCommits.untimed(
            offsets -> {
              all.add(offsets);
              return CompletableFuture.completedFuture(null);
            },
            FIVE)) {
      last.stored(NINE);
    }
    assertThat(all).containsExactly(NINE);
  }
}
