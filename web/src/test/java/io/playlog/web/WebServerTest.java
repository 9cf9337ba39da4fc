package io.playlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.names.Names;
import io.playlog.web.page.Assets;
import io.playlog.web.page.Format;
import io.playlog.web.sample.Sampler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without Kafka and Cassandra: what the server answers on its own. */
class WebServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;

  private static Sampler sampler;
  private static WebServer server;
  private static WebServer withLogin;

  @BeforeAll
  static void start() throws IOException {
    PlaylogConfig config = config("web.sample-interval = 1 s");
    sampler = new Sampler(config);
    server = WebServer.start(config, sampler);
    withLogin = WebServer.start(config("web.login { user = ada, password = \"söcret\" }"), sampler);
  }

  @AfterAll
  static void stop() {
    withLogin.close();
    server.close();
    sampler.close();
  }

  private static PlaylogConfig config(String... lines) throws IOException {
    int nobody;
    int free;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = one.getLocalPort();
      free = other.getLocalPort();
    }
    Path file =
        Files.writeString(
            folder.resolve("application.conf"),
            """
            playlog.kafka.bootstrap-servers = "127.0.0.1:%d"
            playlog.cassandra.contact-points = "127.0.0.1:%d"
            playlog.web.port = %d
            playlog.%s
            """
                .formatted(nobody, nobody, free, String.join("\nplaylog.", lines)));
    // A file with the password of a login is refused if others may read it.
    return PlaylogConfig.load(
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")));
  }

  private static HttpResponse<String> get(WebServer server, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /**
   * The answer's beginning to a request for a host, which Java's own client would not let us say.
   */
  private static String asked(WebServer server, String path, String host) throws IOException {
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void saysWhatDoesNotAnswer() throws Exception {
    assertThat(get(server, "/").statusCode()).isEqualTo(200);
    assertThat(get(server, "/healthz").body()).isEqualTo("ok");
    assertThat(get(server, "/metrics").body()).contains("playlog_problems");
    HttpResponse<String> listener = get(server, "/listeners/AC%2FDC");
    assertThat(listener.statusCode()).isEqualTo(503);
    assertThat(get(server, "/listeners?q=ada").statusCode()).isEqualTo(503);
    for (String nobody : List.of("/listeners", "/listeners?q=", "/listeners?q=%20&after=x")) {
      assertThat(get(server, nobody).body()).contains("name=\"q\"").doesNotContain("begins so.");
    }
    assertThat(get(server, "/nothing").statusCode()).isEqualTo(404);
    assertThat(asked(server, "/", "localhost:8090")).startsWith("HTTP/1.1 200");
    assertThat(asked(server, "/", "[::1]")).startsWith("HTTP/1.1 200");
    for (String foreign : List.of("playlog.example.org", "127.0.0.1.example.org:8090")) {
      assertThat(asked(server, "/playlog.css", foreign)).startsWith("HTTP/1.1 403");
    }
    assertThat(get(server, "/listeners/Ada/x").body()).contains("found the year x");
    assertThat(get(server, "/hours/now").body()).contains("found the hour now");
    assertThat(get(server, "/listeners/Ada?zone=Berlin").statusCode()).isEqualTo(400);
    assertThat(get(server, "/listeners/Ada?from=2026-02-02&to=2026-02-01").body())
        .contains("expected the first day before the last");
    assertThat(get(server, "/hours?hour=2026-11-22T13:00Z").headers().firstValue("Location"))
        .hasValueSatisfying(hour -> assertThat(hour).endsWith("/hours/2026-11-22T13:00Z"));
    assertThat(get(server, "/hours?before=2026-11-22T13:00Z").statusCode()).isEqualTo(200);
    for (String unusable :
        List.of(
            "/listeners/Ada?from=-999999999-01-01",
            "/listeners/Ada?to=%2B999999999-12-31",
            "/listeners/Ada/-999999999",
            "/listeners/-?name=",
            "/hours/+999999999-12-31T23:00Z",
            "/hours?hour=//example.org",
            "/hours?before=now")) {
      assertThat(get(server, unusable).statusCode()).as(unusable).isEqualTo(400);
    }
    for (String asset :
        List.of(Assets.STYLE, Assets.SCRIPT, Assets.UPLOT_STYLE, Assets.UPLOT_SCRIPT)) {
      HttpResponse<String> served = get(server, asset);
      assertThat(served.statusCode()).as(asset).isEqualTo(200);
      assertThat(served.body()).as(asset).isEqualTo(Assets.text(asset));
    }
    assertThat(listener.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(listener.body()).doesNotContain("<style", " style=");
  }

  /** They have their pages, for which Cassandra is asked. */
  @Test
  void namesMayHaveAnyCharacters() throws Exception {
    List<String> names = new ArrayList<>();
    for (int character = 0; character < 0x180; character++) {
      String one = Character.toString(character);
      names.add(one + "./" + one);
    }
    names.addAll(
        List.of(".", "..", "...", "AC/DC", "//", "a//b", "100%", "%2F", "%2e%2e", "%u002f"));
    names.addAll(List.of("..;", ";a=b", "\\..\\", "C:\\", "🎧", "\u202e", "\ufeff", "あ#?&=+"));
    List<String> refused = new ArrayList<>();
    for (String name : names) {
      HttpResponse<String> page = get(server, Format.listenerPath(name, "", "zone=x"));
      if (!page.body().contains("found the time zone x")) {
        refused.add(Names.quote(name));
      }
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void whatNoNameNeedsIsRefused() throws Exception {
    for (String path :
        List.of(
            "/listeners/%2e%2e/hours",
            "/listeners/..;/hours",
            "/listeners//Ada",
            "/listeners/%FF",
            "/listeners/%zz",
            "/listeners/%u0041")) {
      assertThat(asked(server, path, "localhost")).as(path).startsWith("HTTP/1.1 400");
    }
  }

  /** An error is shown, not kept; a name may have 1,024 characters, of 9 each in an address. */
  @Test
  void anErrorIsNoFileToKeep() throws Exception {
    HttpResponse<String> year =
        get(server, "/listeners/" + Format.encode("あ".repeat(1024)) + "/2026?save");
    assertThat(year.statusCode()).isEqualTo(503);
    assertThat(year.headers().firstValue("Content-Disposition")).isEmpty();
  }

  @Test
  void asksForItsLogin() throws Exception {
    assertThat(get(withLogin, "/").statusCode()).isEqualTo(401);
    assertThat(get(withLogin, "/healthz").body()).isEqualTo("ok");
    assertThat(get(withLogin, "/metrics", "Authorization", login("ada:wrong")).statusCode())
        .isEqualTo(401);
    for (String other : List.of("Basic", "Basic ???", login("ada"), "Bearer x")) {
      assertThat(get(withLogin, "/", "Authorization", other).statusCode()).as(other).isEqualTo(401);
    }
    assertThat(get(withLogin, "/playlog.css").statusCode()).isEqualTo(401);
    assertThat(get(withLogin, "/", "Authorization", login("ada:söcret")).statusCode())
        .isEqualTo(200);
  }

  /** A player has no login, and names the page as its person does. */
  @Test
  void playersAreAskedForATokenInstead() throws Exception {
    HttpResponse<String> without = get(withLogin, "/1/validate-token");
    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(without.body()).startsWith("{\"code\":400,");
    // Cassandra, which knows the tokens, is not there.
    assertThat(get(withLogin, "/1/validate-token", "Authorization", "Token x").statusCode())
        .isEqualTo(503);
    for (String other :
        List.of("/1/validate-token/", "/1", "/1/validate-token/..", "/1/user/ada/listens")) {
      assertThat(get(withLogin, other).statusCode()).as(other).isEqualTo(401);
    }
    assertThat(get(withLogin, "/1/submit-listens").statusCode()).isEqualTo(404);
    assertThat(asked(withLogin, "/1/validate-token", "playlog.example.org"))
        .startsWith("HTTP/1.1 400");
    assertThat(get(withLogin, "/metrics", "Authorization", login("ada:söcret")).body())
        .contains("playlog_submission_requests_total{outcome=\"accepted\"} 0.0");
  }

  private static String login(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void othersReachItWithALoginOnly(String host) throws IOException {
    PlaylogConfig without = config("web.host = \"" + host + "\"");
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> Access.of(without.web()))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NO_LOGIN))
        .withMessageContaining(host);
    PlaylogConfig with =
        config("web.host = \"" + host + "\"", "web.login { user = ada, password = x }");
    assertThatCode(() -> Access.of(with.web())).doesNotThrowAnyException();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    PlaylogConfig config = config("web.sample-interval = 1 s");
    try (ServerSocket taken =
        new ServerSocket(config.web().port(), 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatExceptionOfType(PlaylogException.class)
          .isThrownBy(() -> WebServer.start(config, sampler))
          .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }
}
