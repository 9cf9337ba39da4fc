package io.playlog.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.security.BasicAuthCredentials;
import io.playlog.cassandra.Answers;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.WebSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.web.history.Histories.TooLongException;
import io.playlog.web.metrics.StateMetrics;
import io.playlog.web.sample.Sampler;
import io.playlog.web.sample.Sampler.NotThereException;
import io.playlog.web.sample.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: pages, metrics and health. */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Nothing from anywhere else, no script within a page, in nobody's frame. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** A name of 1,024 characters takes 9 kB in an address, where it may stand twice. */
  private static final int HEADER_BYTES = 32 << 10;

  /** For probes, which have no login; it tells nothing else. */
  private static final String HEALTH = "/healthz";

  private static final int SAMPLES_UNTIL_STALE = 6;

  private final WebSettings settings;
  private final Sampler sampler;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Javalin javalin;

  private WebServer(PlaylogConfig config, Sampler sampler) {
    this.settings = config.web();
    this.sampler = sampler;
    this.javalin = Javalin.create(javalin -> configure(javalin, config));
  }

  /**
   * @throws PlaylogException if others could reach the page without a login, or the address cannot
   *     be used
   */
  static WebServer start(PlaylogConfig config, Sampler sampler) {
    requireLogin(config.web());
    WebServer server = new WebServer(config, sampler);
    try {
      server.javalin.start(config.web().host(), config.web().port());
    } catch (RuntimeException e) {
      throw new PlaylogException(
          ErrorCode.ADDRESS_IN_USE,
          "The page cannot listen on %s:%d (playlog.web.host, playlog.web.port): %s. Set another port, or end the program that has it."
              .formatted(config.web().host(), config.web().port(), reason(e)),
          e);
    }
    return server;
  }

  private static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage();
  }

  static void requireLogin(WebSettings settings) {
    if (settings.login().isEmpty() && !isLoopback(settings.host())) {
      throw new PlaylogException(
          ErrorCode.NO_LOGIN,
          "playlog.web.host: found %s, which others reach, and no login. Set playlog.web.login { user, password } and put a proxy with TLS before the page, or listen on 127.0.0.1 and let the proxy ask for the login."
              .formatted(settings.host()));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new PlaylogException(
          ErrorCode.BAD_SETTINGS,
          "playlog.web.host: found %s, which cannot be resolved, expected an address of this machine"
              .formatted(host));
    }
  }

  String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + javalin.port();
  }

  private void configure(JavalinConfig javalin, PlaylogConfig config) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.staticFiles.enableWebjars();
    javalin.staticFiles.add("/static", Location.CLASSPATH);
    // Names of listeners may have any characters, slashes too.
    javalin.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(UriCompliance.UNSAFE);
          http.setRequestHeaderSize(HEADER_BYTES);
          http.setResponseHeaderSize(HEADER_BYTES);
        });
    javalin.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    javalin.routes.before(this::protect);
    StateMetrics metrics = new StateMetrics(sampler::latest, version());
    javalin.routes.get("/metrics", context -> answer(context, metrics));
    javalin.routes.get(HEALTH, this::health);
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

  private void protect(Context context) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    if (settings.login().isEmpty() || context.path().equals(HEALTH) || isLoggedIn(context)) {
      return;
    }
    context.header("WWW-Authenticate", "Basic realm=\"Playlog\", charset=\"UTF-8\"");
    context.status(HttpStatus.UNAUTHORIZED).result("This page asks for a login.");
    context.skipRemainingHandlers();
  }

  private boolean isLoggedIn(Context context) {
    BasicAuthCredentials given;
    try {
      given = context.basicAuthCredentials();
    } catch (RuntimeException e) {
      // Not in the form of a login.
      return false;
    }
    return given != null
        && equal(given.getUsername(), settings.login().get("user"))
            & equal(given.getPassword(), settings.login().get("password"));
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(Context context, StateMetrics metrics) throws IOException {
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
  }
}
