package io.playlog.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Section {@code web}: the page and its metrics.
 *
 * @param login user and password, or empty; secrets, so never logged
 */
public record WebSettings(
    String host,
    int port,
    Map<String, String> login,
    Duration sampleInterval,
    Duration requestTimeout,
    String memory,
    SubmissionSettings submission) {
  private static final Set<String> LOGIN = Set.of("user", "password");

  static WebSettings from(Section section) {
    Map<String, String> login = section.properties("login", WebSettings::problem);
    if (!login.isEmpty() && !login.keySet().equals(LOGIN)) {
      throw section.lacking("login", "both user and password, or neither");
    }
    return new WebSettings(
        section.text("host"),
        section.port("port"),
        login,
        section.duration("sample-interval", Duration.ofSeconds(1)),
        section.duration("request-timeout", Duration.ofSeconds(1)),
        section.memory("memory"),
        SubmissionSettings.from(section.section("submission")));
  }

  /** The same with the login of the folder, if it has no other. */
  WebSettings withLogin(SecurityFolder folder) {
    Map<String, String> asked =
        login.isEmpty()
            ? Map.of("user", "playlog", "password", folder.password(SecurityFolder.BROWSER))
            : login;
    return new WebSettings(host, port, asked, sampleInterval, requestTimeout, memory, submission);
  }

  private static Optional<String> problem(String name, String value) {
    if (!LOGIN.contains(name)) {
      return Optional.of("found a name that is unknown here, expected user or password");
    }
    return value.isBlank() ? Optional.of("found nothing, expected text") : Optional.empty();
  }
}
