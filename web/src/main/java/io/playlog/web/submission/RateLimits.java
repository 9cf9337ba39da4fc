package io.playlog.web.submission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many requests of each listener are answered within a window of time. */
final class RateLimits {
  /** Whom nobody has heard of for long is left out: whoever comes then has all requests anyway. */
  private static final int MAX_LISTENERS = 100_000;

  private final int limit;
  private final Duration window;
  private final TimeMeter clock;
  private final Cache<String, Bucket> buckets;

  /**
   * @param limit requests within the window
   */
  RateLimits(int limit, Duration window) {
    this(limit, window, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimits(int limit, Duration window, TimeMeter clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_LISTENERS)
            .expireAfterAccess(window)
            .ticker(clock::currentTimeNanos)
            .build();
  }

  /**
   * What is left of a listener's requests.
   *
   * @param isAllowed whether this one is answered
   * @param resetInSeconds after which all of them are there again
   */
  record Verdict(boolean isAllowed, int limit, long remaining, long resetInSeconds) {}

  /** Counts a request. */
  Verdict count(String listener) {
    ConsumptionProbe probe =
        buckets.get(listener, name -> newBucket()).tryConsumeAndReturnRemaining(1);
    long nanos = TimeUnit.SECONDS.toNanos(1) - 1 + probe.getNanosToWaitForReset();
    return new Verdict(
        probe.isConsumed(),
        limit,
        probe.getRemainingTokens(),
        TimeUnit.NANOSECONDS.toSeconds(nanos));
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit).refillIntervally(limit, window))
        .withCustomTimePrecision(clock)
        .build();
  }
}
