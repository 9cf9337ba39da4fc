package io.playlog.web.submission;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.playlog.cli.Json;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.SubmissionSettings;
import io.playlog.error.PlaylogException;
import io.playlog.listen.ListenMessage;
import io.playlog.web.sample.Sampler.NotThereException;
import io.playlog.web.submission.RateLimits.Verdict;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers players as ListenBrainz does. A listener is known by the token in the header {@code
 * Authorization}, which no foreign site makes a browser send; so there is no login here.
 */
public final class SubmissionApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SubmissionApi.class);

  private static final String SUBMIT = "/1/submit-listens";
  private static final String VALIDATE = "/1/validate-token";

  /** Where a token is asked for, and not the page's login. */
  public static final Set<String> PATHS = Set.of(SUBMIT, VALIDATE);

  private static final Pattern TOKEN = Pattern.compile("Token +(\\S+) *", Pattern.CASE_INSENSITIVE);

  /** Of bodies: what is made of them is in memory until Kafka has it. */
  private static final int KILOBYTES_IN_FLIGHT = 2 * RequestBody.MAX_BYTES / 1000 + 2;

  /** Of requests that are not taken, at a time: pages need threads, too. */
  private static final int DRAINS = 50;

  private final Tokens tokens;
  private final ListenPublisher publisher;
  private final RateLimits limits;
  private final Semaphore requests;
  private final Semaphore drains = new Semaphore(DRAINS);
  private final Semaphore kilobytes = new Semaphore(KILOBYTES_IN_FLIGHT);
  private final SubmissionMetrics metrics;

  /** Whose tokens are whose. */
  public interface Tokens {
    /**
     * @return empty if it is nobody's
     * @throws PlaylogException if Cassandra does not say, or NotThereException
     */
    Optional<String> listener(String token);
  }

  /**
   * @param registry for metrics
   */
  public SubmissionApi(PlaylogConfig config, Tokens tokens, PrometheusRegistry registry) {
    this(config.web().submission(), tokens, ListenPublisher.of(config), registry);
  }

  SubmissionApi(
      SubmissionSettings settings,
      Tokens tokens,
      ListenPublisher publisher,
      PrometheusRegistry registry) {
    this.tokens = tokens;
    this.publisher = publisher;
    this.limits = new RateLimits(settings.rateLimit(), settings.rateWindow());
    this.requests = new Semaphore(settings.requestsInFlight());
    this.metrics = new SubmissionMetrics(registry);
  }

  public void add(RoutesConfig routes) {
    routes.post(SUBMIT, context -> metrics.answered(answer(context, this::submit)));
    routes.get(VALIDATE, context -> answer(context, this::validate));
  }

  /** Answers a request that can be answered as it should. */
  private interface Handler {
    void handle(Context context) throws Problem, IOException, InterruptedException;
  }

  private Outcome answer(Context context, Handler handler) {
    Outcome outcome =
        requests.tryAcquire() ? answerNow(context, handler) : refuse(context, tooMuch());
    if (outcome != Outcome.ACCEPTED) {
      drain(context);
    }
    return outcome;
  }

  private Outcome answerNow(Context context, Handler handler) {
    try {
      handler.handle(context);
      return Outcome.ACCEPTED;
    } catch (Problem e) {
      return refuse(context, e);
    } catch (IOException e) {
      // Whoever sent it has gone away.
      return refuse(context, Problem.refused("the request broke off"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refuse(context, tooMuch());
    } catch (RuntimeException e) {
      LOG.error("{} {}", context.method(), context.path(), e);
      error(context, 500, "This is a fault of Playlog's: its log says more.");
      return Outcome.FAILED;
    } finally {
      requests.release();
    }
  }

  /**
   * Who still sends does not see an answer that ends the connection, takes it for a broken one and
   * comes again at once.
   */
  private void drain(Context context) {
    if (!drains.tryAcquire()) {
      return;
    }
    try {
      new RequestBody(context.bodyInputStream()).drain();
    } catch (IOException e) {
      // Whoever sent it has gone away.
    } finally {
      drains.release();
    }
  }

  private static Problem tooMuch() {
    return Problem.unavailable("More comes at a time than is answered. Send this again.", 1);
  }

  private static Outcome refuse(Context context, Problem problem) {
    if (problem.retryAfterSeconds() > 0) {
      context.header("Retry-After", String.valueOf(problem.retryAfterSeconds()));
    }
    if (problem.status() == 401) {
      context.header("WWW-Authenticate", "Token realm=\"Playlog\"");
    }
    error(context, problem.status(), problem.getMessage());
    return problem.outcome();
  }

  private static void error(Context context, int status, String message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", status);
    fields.put("error", message);
    json(context.status(status), fields);
  }

  private static void json(Context context, Map<String, Object> fields) {
    context.contentType("application/json").result(Json.object(fields));
  }

  private void submit(Context context) throws Problem, IOException, InterruptedException {
    Optional<String> token = token(context);
    Optional<String> listener = token.isEmpty() ? Optional.empty() : listener(token.get());
    if (listener.isEmpty()) {
      throw Problem.unauthorized(
          "The header Authorization has no valid token, expected: Token, a space, and the token of a listener.");
    }
    RequestBody body = new RequestBody(context.bodyInputStream());
    int weight = kilobytes(context.req().getContentLengthLong());
    if (!kilobytes.tryAcquire(weight)) {
      throw tooMuch();
    }
    try {
      limit(context, listener.get());
      List<ListenMessage> messages =
          Submission.read(body).messages(listener.get(), System.currentTimeMillis());
      publisher.publish(listener.get(), messages);
      metrics.stored(messages.size());
    } finally {
      kilobytes.release(weight);
    }
    json(context, Map.of("status", "ok"));
  }

  private void validate(Context context) throws Problem {
    String token =
        token(context)
            .orElseThrow(
                () -> Problem.refused("Found no token in the header Authorization: Token …"));
    Optional<String> listener = listener(token);
    if (listener.isPresent()) {
      limit(context, listener.get());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", 200);
    fields.put("message", listener.isPresent() ? "Token valid." : "Token invalid.");
    fields.put("valid", listener.isPresent());
    listener.ifPresent(name -> fields.put("user_name", name));
    json(context, fields);
  }

  private static Optional<String> token(Context context) {
    String header = context.header("Authorization");
    Matcher token = TOKEN.matcher(header == null ? "" : header);
    return token.matches() ? Optional.of(token.group(1)) : Optional.empty();
  }

  private Optional<String> listener(String token) throws Problem {
    try {
      return tokens.listener(token);
    } catch (PlaylogException | NotThereException e) {
      // The page says more, to those who may see it.
      throw Problem.unavailable("Cassandra does not say whose token this is. Send this again.", 10);
    }
  }

  private void limit(Context context, String listener) throws Problem {
    Verdict verdict = limits.count(listener);
    long reset = verdict.resetInSeconds();
    context.header("X-RateLimit-Limit", String.valueOf(verdict.limit()));
    context.header("X-RateLimit-Remaining", String.valueOf(verdict.remaining()));
    context.header("X-RateLimit-Reset-In", String.valueOf(reset));
    context.header(
        "X-RateLimit-Reset", String.valueOf(Instant.now().plusSeconds(reset).getEpochSecond()));
    if (!verdict.isAllowed()) {
      throw Problem.limited(
          "The rate limit is exceeded: %d requests are answered until it is reset, see the headers X-RateLimit-*."
              .formatted(verdict.limit()),
          reset);
    }
  }

  /**
   * @param length -1 if nobody knows it beforehand
   */
  private static int kilobytes(long length) {
    long most = RequestBody.MAX_BYTES;
    return (int) ((length < 0 ? most : Math.min(length, most)) / 1000) + 1;
  }

  @Override
  public void close() {
    publisher.close();
  }
}
