package io.playlog.web.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import io.playlog.config.SubmissionSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What players are answered, without Kafka and Cassandra. */
class SubmissionApiTest {
  private static final String SUBMIT = "/1/submit-listens";
  private static final String VALIDATE = "/1/validate-token";
  private static final String LISTEN =
      "{\"listened_at\":1764000000,\"track_metadata\":{\"track_name\":\"One\",\"artist_name\":\"A\"}}";
  private static final String SINGLE = "{\"listen_type\":\"single\",\"payload\":[" + LISTEN + "]}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private MockProducer<byte[], byte[]> kafka;
  private SubmissionApi api;
  private Javalin server;

  private void start(
      SubmissionSettings settings, boolean acknowledges, SubmissionApi.Tokens tokens) {
    kafka =
        new MockProducer<>(
            acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    ListenPublisher publisher =
        new ListenPublisher("listens", settings.acknowledgementTimeout(), () -> kafka);
    api = new SubmissionApi(settings, tokens, publisher, registry);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  api.add(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  private void start(int rateLimit, int requestsInFlight, boolean acknowledges) {
    start(
        new SubmissionSettings(
            rateLimit, Duration.ofHours(1), requestsInFlight, Duration.ofMinutes(1)),
        acknowledges,
        token -> Optional.ofNullable(Map.of("valid", "Zoë").get(token)));
  }

  @AfterEach
  void stop() {
    server.stop();
    api.close();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> submit(String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request(SUBMIT, headers).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> submitting() {
    return client.sendAsync(
        request(SUBMIT, "Authorization", "Token valid")
            .POST(BodyPublishers.ofString(SINGLE))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> validate(String... headers)
      throws IOException, InterruptedException {
    return client.send(request(VALIDATE, headers).build(), BodyHandlers.ofString());
  }

  private static Map<String, String> limits(HttpResponse<?> response) {
    return Map.of(
        "limit", response.headers().firstValue("X-RateLimit-Limit").orElse(""),
        "remaining", response.headers().firstValue("X-RateLimit-Remaining").orElse(""),
        "reset", response.headers().firstValue("X-RateLimit-Reset-In").orElse(""));
  }

  private String metrics() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return text.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aListenIsSent() throws Exception {
    start(50, 10, true);
    HttpResponse<String> response = submit(SINGLE, "Authorization", "Token valid");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(limits(response))
        .isEqualTo(Map.of("limit", "50", "remaining", "49", "reset", "3600"));
    assertThat(kafka.history())
        .singleElement()
        .satisfies(
            sent ->
                assertThat(new String(sent.value(), StandardCharsets.UTF_8))
                    .startsWith("{\"name\":\"Zoë\",\"song\":\"One\""));
    assertThat(metrics())
        .contains(
            "playlog_submission_listens_total 1.0",
            "playlog_submission_requests_total{outcome=\"accepted\"} 1.0",
            "playlog_submission_requests_total{outcome=\"refused\"} 0.0");
  }

  @Test
  void theAnswerComesAfterKafkas() throws Exception {
    start(50, 10, false);
    CompletableFuture<HttpResponse<String>> answer = submitting();
    await().until(() -> kafka.history().size() == 1);
    assertThat(answer).isNotDone();
    kafka.completeNext();
    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @Test
  void aPlayerSendsAgainWhatKafkaDoesNotTake() throws Exception {
    start(50, 10, false);
    CompletableFuture<HttpResponse<String>> answer = submitting();
    await().until(() -> kafka.history().size() == 1);
    kafka.errorNext(new TimeoutException("expired"));
    assertThat(answer.join().statusCode()).isEqualTo(503);
    assertThat(answer.join().headers().firstValue("Retry-After")).hasValue("60");
    assertThat(answer.join().body()).startsWith("{\"code\":503,\"error\":\"Kafka has not");
    assertThat(metrics())
        .contains(
            "playlog_submission_listens_total 0.0",
            "playlog_submission_requests_total{outcome=\"unavailable\"} 1.0");
  }

  @Test
  void nothingOfARequestIsSentIfOneListenIsRefused() throws Exception {
    start(50, 10, true);
    HttpResponse<String> response =
        submit(
            "{\"listen_type\":\"import\",\"payload\":[%s,{}]}".formatted(LISTEN),
            "Authorization",
            "Token valid");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":400,\"error\":\"payload[1]: track_metadata.artist_name: found no text, expected the artist's name\"}");
    assertThat(kafka.history()).isEmpty();
    assertThat(metrics()).contains("playlog_submission_requests_total{outcome=\"refused\"} 1.0");
  }

  /** Although it was answered long before its end; many players send all before they read. */
  @Test
  void aPlayerSeesWhatItsLargeRequestIsAnswered() throws Exception {
    start(1, 10, true);
    String large = "{\"listen_type\":\"import\",\"payload\":[1," + " ".repeat(9_000_000);
    assertThat(sent(large, "valid"))
        .startsWith("HTTP/1.1 400")
        .contains("payload[0]: found no object");
    assertThat(sent(large, "forged")).startsWith("HTTP/1.1 401");
    assertThat(sent(large, "valid")).startsWith("HTTP/1.1 429");
  }

  @Test
  void aPlayerSeesThatMoreComesThanIsAnswered() throws Exception {
    start(50, 1, false);
    CompletableFuture<HttpResponse<String>> first = submitting();
    await().until(() -> kafka.history().size() == 1);
    assertThat(sent(" ".repeat(9_000_000), "valid")).startsWith("HTTP/1.1 503");
    kafka.completeNext();
    assertThat(first.join().statusCode()).isEqualTo(200);
  }

  /** The answer to a request of which all is sent first. */
  private String sent(String body, String token) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(SUBMIT, token, body.length());
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void onlyTheHeaderWithAValidTokenCounts() throws Exception {
    start(50, 10, true);
    for (String header :
        new String[] {
          "Token forged", "Token", "valid", "Bearer valid", "Basic dmFsaWQ=", "Token a b"
        }) {
      HttpResponse<String> response = submit(SINGLE, "Authorization", header);
      assertThat(response.statusCode()).as(header).isEqualTo(401);
      assertThat(response.body()).startsWith("{\"code\":401,\"error\":\"");
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Token");
    }
    assertThat(submit(SINGLE).statusCode()).isEqualTo(401);
    HttpResponse<String> asParameter =
        client.send(
            request(SUBMIT + "?token=valid").POST(BodyPublishers.ofString(SINGLE)).build(),
            BodyHandlers.ofString());
    assertThat(asParameter.statusCode()).isEqualTo(401);
    assertThat(kafka.history()).isEmpty();
    assertThat(submit(SINGLE, "Authorization", "token valid").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenCanBeTried() throws Exception {
    start(50, 10, true);
    assertThat(validate("Authorization", "Token valid").body())
        .isEqualTo(
            "{\"code\":200,\"message\":\"Token valid.\",\"valid\":true,\"user_name\":\"Zoë\"}");
    assertThat(validate("Authorization", "Token other").body())
        .isEqualTo("{\"code\":200,\"message\":\"Token invalid.\",\"valid\":false}");
    assertThat(validate().statusCode()).isEqualTo(400);
    assertThat(validate().body()).startsWith("{\"code\":400,\"error\":\"");
  }

  @Test
  void whoComesTooOftenIsAskedToWait() throws Exception {
    start(2, 10, true);
    assertThat(validate("Authorization", "Token valid").statusCode()).isEqualTo(200);
    assertThat(submit(SINGLE, "Authorization", "Token valid").statusCode()).isEqualTo(200);
    HttpResponse<String> response = submit(SINGLE, "Authorization", "Token valid");
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).startsWith("{\"code\":429,\"error\":\"");
    assertThat(limits(response)).isEqualTo(Map.of("limit", "2", "remaining", "0", "reset", "3600"));
    assertThat(response.headers().firstValue("Retry-After")).hasValue("3600");
    assertThat(validate("Authorization", "Token valid").statusCode()).isEqualTo(429);
    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void noMoreAreUnderWayThanAllowed() throws Exception {
    start(50, 1, false);
    CompletableFuture<HttpResponse<String>> first = submitting();
    await().until(() -> kafka.history().size() == 1);
    HttpResponse<String> second = submit(SINGLE, "Authorization", "Token valid");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(validate("Authorization", "Token valid").statusCode()).isEqualTo(503);
    kafka.completeNext();
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(validate("Authorization", "Token valid").statusCode()).isEqualTo(200);
  }

  @Test
  void whatCassandraDoesNotSayIsNoInvalidToken() throws Exception {
    start(
        new SubmissionSettings(50, Duration.ofHours(1), 10, Duration.ofMinutes(1)),
        true,
        token -> {
          throw new PlaylogException(ErrorCode.CASSANDRA_TIMEOUT, "at 192.0.2.1");
        });
    HttpResponse<String> response = submit(SINGLE, "Authorization", "Token valid");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).doesNotContain("192.0.2.1", "valid");
    assertThat(validate("Authorization", "Token valid").statusCode()).isEqualTo(503);
  }

  @Test
  void aFaultOfOursIsNoReasonForAPlayerToDropItsListens() throws Exception {
    start(
        new SubmissionSettings(50, Duration.ofHours(1), 10, Duration.ofMinutes(1)),
        true,
        token -> {
          throw new IllegalStateException();
        });
    assertThat(submit(SINGLE, "Authorization", "Token secret").statusCode()).isEqualTo(500);
    assertThat(metrics()).contains("playlog_submission_requests_total{outcome=\"failed\"} 1.0");
  }
}
