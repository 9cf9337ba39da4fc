package io.playlog.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.playlog.cassandra.Answers;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.WebSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
import io.playlog.error.PlaylogException;
import io.playlog.web.history.Histories.TooLongException;
import io.playlog.web.metrics.StateMetrics;
import io.playlog.web.sample.Sampler;
import io.playlog.web.sample.Sampler.NotThereException;
import io.playlog.web.sample.Snapshot;
import io.playlog.web.submission.SubmissionApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: pages, what players submit, metrics and health. */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** A name of 1,024 characters takes 9 kB in an address, where it may stand twice. */
  private static final int HEADER_BYTES = 32 << 10;

  /**
   * Names of listeners may have any characters: slashes, percent signs, backslashes and control
   * characters too. What no name brings into an address stays refused, such as an encoded step.
   */
  private static final UriCompliance NAMES_IN_PATHS =
      UriCompliance.DEFAULT.with(
          "names in paths",
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.SUSPICIOUS_PATH_CHARACTERS);

  private static final int SAMPLES_UNTIL_STALE = 6;

  /** For pages, however many submissions wait for Kafka; and Jetty's own. */
  private static final int OTHER_THREADS = 100;

  private final WebSettings settings;
  private final Sampler sampler;
  private final StateMetrics metrics;
  private final SubmissionApi submissions;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Javalin javalin;

  private WebServer(PlaylogConfig config, Sampler sampler, Access access) {
    this.settings = config.web();
    this.sampler = sampler;
    this.metrics = new StateMetrics(sampler::latest, version());
    this.submissions =
        new SubmissionApi(
            config,
            token -> sampler.tables().submissionTokens().listener(token),
            metrics.registry());
    this.javalin = Javalin.create(javalin -> configure(javalin, config, access));
  }

  /**
   * @throws PlaylogException if others could reach the page without a login, or the address cannot
   *     be used
   */
  static WebServer start(PlaylogConfig config, Sampler sampler) {
    Access access = Access.of(config.web());
    WebServer server = new WebServer(config, sampler, access);
    try {
      server.javalin.start(config.web().host(), config.web().port());
    } catch (RuntimeException e) {
      throw new PlaylogException(
          ErrorCode.ADDRESS_IN_USE,
          "The page cannot listen on %s:%d (playlog.web.host, playlog.web.port): %s. Set another port, or end the program that has it."
              .formatted(config.web().host(), config.web().port(), Failures.root(e).getMessage()),
          e);
    }
    return server;
  }

  String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + javalin.port();
  }

  private void configure(JavalinConfig javalin, PlaylogConfig config, Access access) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.staticFiles.enableWebjars();
    javalin.staticFiles.add("/static", Location.CLASSPATH);
    javalin.jetty.threadPool =
        new QueuedThreadPool(settings.submission().requestsInFlight() + OTHER_THREADS);
    javalin.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(NAMES_IN_PATHS);
          http.setRequestHeaderSize(HEADER_BYTES);
          http.setResponseHeaderSize(HEADER_BYTES);
        });
    javalin.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    javalin.routes.before(access::check);
    javalin.routes.get("/metrics", this::metrics);
    javalin.routes.get(Access.HEALTH, this::health);
    submissions.add(javalin.routes);
    new Pages(config, sampler, this::render).add(javalin.routes);
    javalin.routes.error(404, context -> error(context, "There is no such page."));
    javalin.routes.exception(
        BadRequestException.class,
        (failure, context) -> error(context.status(400), failure.getMessage()));
    javalin.routes.exception(
        TooLongException.class,
        (failure, context) -> error(context.status(422), failure.getMessage()));
    javalin.routes.exception(
        NotThereException.class,
        (failure, context) -> error(context.status(503), failure.getMessage()));
    javalin.routes.exception(PlaylogException.class, this::refused);
    javalin.routes.exception(
        TimeoutException.class,
        (failure, context) ->
            error(
                context.status(503),
                "Cassandra did not answer within %d s (playlog.web.request-timeout)."
                    .formatted(settings.requestTimeout().toSeconds())));
    javalin.routes.exception(Exception.class, this::failed);
  }

  /** Whoever waited for Cassandra's answer may have wrapped it. */
  private void failed(Exception failure, Context context) {
    Optional<PlaylogException> answer = Answers.in(failure);
    if (answer.isPresent()) {
      refused(answer.get(), context);
      return;
    }
    LOG.error("{} {}", context.method(), context.path(), failure);
    error(context.status(500), "This is a fault of Playlog's: its log says more.");
  }

  private void refused(PlaylogException failure, Context context) {
    error(context.status(503), failure.code().id() + ": " + failure.getMessage());
  }

  /** A request that cannot be answered as it is. */
  static final class BadRequestException extends RuntimeException {
    BadRequestException(String message) {
      super(message);
    }
  }

  private static String version() {
    return new Program.Version().getVersion()[0].replace("Playlog ", "");
  }

  private void metrics(Context context) throws IOException {
    StateMetrics.Page page = metrics.page(context.header("Accept"));
    context.contentType(page.contentType()).result(page.body());
  }

  /** Healthy is the page that has looked at things lately; what it found is not its health. */
  private void health(Context context) {
    Snapshot latest = sampler.latest();
    Duration since = Duration.between(latest.at(), Instant.now());
    boolean stale =
        since.compareTo(settings.sampleInterval().multipliedBy(SAMPLES_UNTIL_STALE)) > 0
            && since.compareTo(Duration.ofMinutes(2)) > 0;
    context
        .status(stale ? 503 : 200)
        .result(stale ? "has not looked at anything for " + since.toSeconds() + " s" : "ok");
  }

  private String render(String template, Map<String, Object> parameters) {
    StringOutput output = new StringOutput();
    templates.render(template + ".jte", parameters, output);
    return output.toString();
  }

  private void error(Context context, String message) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("status", context.statusCode());
    parameters.put("message", message);
    context.html(render("error", parameters));
  }

  @Override
  public void close() {
    javalin.stop();
    submissions.close();
  }
}
