package io.playlog.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.security.BasicAuthCredentials;
import io.playlog.config.WebSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.web.submission.SubmissionApi;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.regex.Pattern;

/** Who is answered, and what a browser may do with the answer. */
final class Access {
  /** For probes, which have no login. */
  static final String HEALTH = "/healthz";

  /**
   * Nothing from anywhere else, no script and no style within a page, in nobody's frame. What a
   * script sets of an element's style, as charts do, is no style within a page.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final Pattern OWN_HOST =
      Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-f:.]+])(:\\d+)?", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> login;

  private Access(Map<String, String> login) {
    this.login = login;
  }

  /**
   * @throws PlaylogException if others could reach the page without a login
   */
  static Access of(WebSettings settings) {
    if (settings.login().isEmpty() && !isLoopback(settings.host())) {
      throw new PlaylogException(
          ErrorCode.NO_LOGIN,
          "playlog.web.host: found %s, which others reach, and no login. Set playlog.web.login { user, password } and put a proxy with TLS before the page, or listen on 127.0.0.1 and let the proxy ask for the login."
              .formatted(settings.host()));
    }
    return new Access(settings.login());
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

  /** Answers a request that is refused; to be called before all others. */
  void check(Context context) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    if (context.path().equals(HEALTH) || SubmissionApi.PATHS.contains(context.path())) {
      return;
    }
    if (login.isEmpty() && !isOwnHost(context.host())) {
      context
          .status(HttpStatus.FORBIDDEN)
          .result(
              "Found a request for %s, expected one for localhost or an address: without playlog.web.login no other name is answered."
                  .formatted(context.host()));
      context.skipRemainingHandlers();
    } else if (!login.isEmpty() && !isLoggedIn(context)) {
      context
          .header("WWW-Authenticate", "Basic realm=\"Playlog\", charset=\"UTF-8\"")
          .status(HttpStatus.UNAUTHORIZED)
          .result("This page asks for a login.");
      context.skipRemainingHandlers();
    }
  }

  /**
   * A foreign site's name may resolve to this machine, and its scripts would then read what a
   * browser on it is answered.
   *
   * @param host as the request says it, with the port
   */
  private static boolean isOwnHost(String host) {
    return host == null || OWN_HOST.matcher(host).matches();
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
        && equal(given.getUsername(), login.get("user"))
            & equal(given.getPassword(), login.get("password"));
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
