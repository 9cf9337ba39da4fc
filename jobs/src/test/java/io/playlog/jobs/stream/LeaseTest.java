package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.store.StreamLease.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With a clock that moves when somebody waits, and a server that counts by it. */
class LeaseTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);

  private final Clock clock = new Clock();
  private final Row row = new Row();
  private final Lease lease = lease(A);

  /** Whatever a JVM's nanoTime is at its start. */
  private static final class Clock implements Time {
    private long nanos = Long.MAX_VALUE - 5_000_000_000L;
    private Runnable meanwhile = () -> {};

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void pause(Duration pause) {
      nanos += pause.toNanos();
      meanwhile.run();
    }
  }

  /** The row as Cassandra keeps it. */
  private final class Row {
    private Holder holder;
    private long written;
    private int requests;
    private Duration answersAfter = Duration.ZERO;
    private boolean away;

    Holder hold(Holder wanted) {
      requests++;
      if (away) {
        throw new PlaylogException(ErrorCode.CASSANDRA_TIMEOUT, "Cassandra is away");
      }
      if (current() == null || holder.owner().equals(wanted.owner())) {
        holder = wanted;
        written = clock.nanos();
      }
      clock.nanos += answersAfter.toNanos();
      return holder;
    }

    private Holder current() {
      if (holder != null && clock.nanos() - written >= LEASE.toNanos()) {
        holder = null;
      }
      return holder;
    }

    void release(Holder wanted) {
      requests++;
      if (away) {
        throw new PlaylogException(ErrorCode.CASSANDRA_TIMEOUT, "Cassandra is away");
      }
      if (current() != null && holder.owner().equals(wanted.owner())) {
        holder = null;
      }
    }
  }

  private Lease lease(UUID owner) {
    return new Lease(
        row::hold, row::release, holder(owner, Instant.EPOCH), "the topic t", LEASE, clock);
  }

  private static Holder holder(UUID owner, Instant renewedAt) {
    return new Holder(owner, "7@" + owner, "/checkpoint", Instant.EPOCH, renewedAt);
  }

  private void take(Lease wanted) throws InterruptedException {
    new Takeover(wanted, "the topic t", LEASE, clock).run();
  }

  private void take() throws InterruptedException {
    take(lease);
    assertThat(row.holder.owner()).isEqualTo(A);
  }

  /** As the owner of a lease, or as a person who writes the row by hand. */
  private void write(UUID owner, Instant renewedAt) {
    row.holder = holder(owner, renewedAt);
    row.written = clock.nanos();
  }

  private void assertLost() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(lease::require)
        .withMessageContaining("has lost its lease")
        .withMessageContaining("process 7@" + B)
        .satisfies(lost -> assertThat(lost.code()).isEqualTo(ErrorCode.LEASE_LOST));
    assertThatExceptionOfType(PlaylogException.class).isThrownBy(lease::requireNotLost);
  }

  @Test
  void oneThatIsTrustedCostsNoRequest() throws InterruptedException {
    take();
    int requests = row.requests;
    clock.pause(LEASE.dividedBy(2));
    lease.require();
    lease.requireNotLost();

    assertThat(row.requests).isEqualTo(requests);
  }

  @Test
  void oneThatIsRenewedIsRefused() {
    write(B, Instant.EPOCH);
    clock.meanwhile = () -> write(B, Instant.EPOCH.plusNanos(clock.nanos()));

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(this::take)
        .withMessageStartingWith("Another stream stores the topic t: process 7@" + B)
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STREAM_RUNS));
  }

  @Test
  void oneThatIsNotRenewedIsTakenOver() throws InterruptedException {
    write(B, Instant.EPOCH);
    long begin = clock.nanos();
    take();

    assertThat(Duration.ofNanos(clock.nanos() - begin)).isBetween(LEASE, LEASE.plusSeconds(1));
    lease.require();
  }

  /** Somebody has written it by hand, or means to keep it for longer than we do. */
  @Test
  void oneThatNeitherIsRenewedNorExpiresIsNotWaitedForWithoutEnd() {
    write(B, Instant.EPOCH);
    clock.meanwhile = () -> row.written = clock.nanos();

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(this::take)
        .withMessageStartingWith("Another stream stores the topic t");
  }

  @Test
  void thatOfTheSameOwnerIsTakenAtOnce() throws InterruptedException {
    write(A, Instant.EPOCH);
    long before = clock.nanos();
    take();

    assertThat(clock.nanos()).isEqualTo(before);
    lease.require();
  }

  @Test
  void twoThatWaitDoNotBothGetIt() throws InterruptedException {
    write(B, Instant.EPOCH);
    UUID third = new UUID(0, 3);
    clock.meanwhile = () -> row.hold(holder(third, Instant.EPOCH));

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(this::take)
        .withMessageContaining("process 7@" + third);
  }

  @Test
  void aRenewalMakesItLast() throws InterruptedException {
    take();
    for (int renewal = 0; renewal < 20; renewal++) {
      clock.pause(LEASE.dividedBy(6));
      lease.renew();
    }
    row.away = true;
    lease.require();
  }

  @Test
  void anAnswerThatWasLongOnItsWayIsTrustedForLess() throws InterruptedException {
    take();
    row.answersAfter = LEASE.dividedBy(2);
    lease.renew();
    row.answersAfter = Duration.ZERO;
    int requests = row.requests;
    clock.pause(LEASE.dividedBy(4));
    lease.require();

    assertThat(row.requests).as("it is asked for again").isEqualTo(requests + 1);
  }

  /** As long as nobody knows, nothing is written; and a short outage does not end a stream. */
  @Test
  void whileCassandraIsAwayItIsWaitedFor() throws InterruptedException {
    take();
    row.away = true;
    clock.pause(LEASE);
    lease.renew();
    long begin = clock.nanos();
    clock.meanwhile = () -> row.away = clock.nanos() - begin < LEASE.toNanos() / 2;
    lease.require();

    assertThat(clock.nanos() - begin).isGreaterThanOrEqualTo(LEASE.toNanos() / 2);
    assertThat(row.holder.owner()).as("nobody else has taken it").isEqualTo(A);
  }

  @Test
  void aLongOutageEndsIt() throws InterruptedException {
    take();
    row.away = true;
    clock.pause(LEASE);

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(lease::require)
        .withMessage(
            "It cannot be told whether this stream still has its lease to store the topic t, so nothing more is stored: Cassandra is away")
        .satisfies(away -> assertThat(away.code()).isEqualTo(ErrorCode.CASSANDRA_TIMEOUT));
  }

  @Test
  void whoseThreadDidNotRunLongEnoughHasLostIt() throws InterruptedException {
    take();
    clock.pause(LEASE);
    take(lease(B));

    assertLost();
  }

  @Test
  void whatARenewalHasFoundIsNotAskedForAgain() throws InterruptedException {
    take();
    write(B, Instant.EPOCH);
    lease.renew();
    int requests = row.requests;
    row.holder = null;
    lease.renew();

    assertLost();
    assertThat(row.requests).isEqualTo(requests);
  }

  @Test
  void oneThatIsGivenBackIsFree() throws InterruptedException {
    take();
    lease.close();
    assertThat(row.holder).isNull();

    take(lease(B));
    lease.renew();
    lease.close();
    assertThat(row.holder.owner()).isEqualTo(B);
    assertThatIllegalStateException().isThrownBy(lease::require);
  }

  @Test
  void oneThatIsLostIsNotGivenBack() throws InterruptedException {
    take();
    write(B, Instant.EPOCH);
    lease.renew();
    int requests = row.requests;
    lease.close();

    assertThat(row.requests).isEqualTo(requests);
  }

  @Test
  void oneThatCannotBeGivenBackExpires() throws InterruptedException {
    take();
    row.away = true;
    assertThatCode(lease::close).doesNotThrowAnyException();

    row.away = false;
    take(lease(B));
  }
}
