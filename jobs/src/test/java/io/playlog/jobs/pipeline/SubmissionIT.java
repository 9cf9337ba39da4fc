package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players submit listens to the packaged page: what it has answered is stored, whatever dies. */
class SubmissionIT {
  private static final String NAME = "submitted";
  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final long BEGIN = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
  private static final int PLAYERS = 200;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private static Path folder;
  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;
  private static Process page;
  private static String ada;

  /** Of all tokens that were made. */
  private static final List<String> TOKENS = new ArrayList<>();

  @BeforeAll
  static void startThePage() throws Exception {
    servers = LocalServers.shared();
    configFile = configFile(NAME, Map.of());
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    ada = token("Ada");
    page = start(configFile);
  }

  @AfterAll
  static void close() {
    page.destroy();
    cql.close();
  }

  private static Path configFile(String name, Map<String, ?> more) throws IOException {
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "web.port",
                ServerProcesses.freePort(),
                "web.sample-interval",
                "1 s",
                "web.submission.rate-limit",
                1_000_000,
                "web.submission.acknowledgement-timeout",
                TIMEOUT.toMillis() + " ms"));
    settings.putAll(more);
    return servers.configFile(name, settings);
  }

  private static String token(String listener, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--listener", listener));
    arguments.addAll(List.of(more));
    String token = servers.token(configFile, arguments.toArray(String[]::new));
    TOKENS.add(token);
    return token;
  }

  /** Returns when it has Cassandra's answers. */
  private static Process start(Path configFile) throws IOException {
    Process started = servers.startPage(configFile, folder.resolve("page.log"));
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> validate(configFile, ada).contains("\"valid\":true"));
    return started;
  }

  private static URI address(Path configFile, String path) {
    return URI.create(
        "http://127.0.0.1:%d/1/%s".formatted(PlaylogConfig.load(configFile).web().port(), path));
  }

  private static String validate(Path configFile, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address(configFile, "validate-token"))
            .header("Authorization", "Token " + token)
            .build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  private static HttpResponse<String> submit(Path configFile, String token, String... listens)
      throws IOException, InterruptedException {
    return submit(address(configFile, "submit-listens"), token, listens);
  }

  private static HttpResponse<String> submit(URI address, String token, String... listens)
      throws IOException, InterruptedException {
    String body =
        "{\"listen_type\":\"import\",\"payload\":[%s]}".formatted(String.join(",", listens));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Token " + token)
            .POST(BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static int status(String token) throws IOException, InterruptedException {
    return submit(configFile, token, listen("tried", 0)).statusCode();
  }

  private static String listen(String song, long second) {
    return """
        {"listened_at":%d,"track_metadata":{"track_name":"%s","artist_name":"Ärtist",\
        "release_name":"Album","additional_info":{"duration_played":31}}}"""
        .formatted(BEGIN + second, song);
  }

  private static boolean isInTheTopic(String song) {
    return Topics.readAll(config.kafka().bootstrapServers(), NAME).stream()
        .anyMatch(
            message ->
                new String(message.value(), StandardCharsets.UTF_8)
                    .contains("\"song\":\"" + song + "\""));
  }

  private static void runStream() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static Set<String> rows(String name) {
    return cql
        .execute("SELECT JSON * FROM " + NAME + ".records WHERE name = ?", name)
        .all()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> tokenRows() {
    return Stream.of("submission_tokens", "submission_tokens_by_listener")
        .flatMap(table -> cql.execute("SELECT JSON * FROM " + NAME + "." + table).all().stream())
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  @Test
  void kafkaHasAListenBeforeThePlayerIsAnswered() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(submit(configFile, ada, listen("at once " + i, i)).statusCode()).isEqualTo(200);
      assertThat(isInTheTopic("at once " + i)).isTrue();
    }
  }

  @Test
  void anImportOfTheSameListensAddsNoRow() throws Exception {
    String token = token("Eve");
    String[] listens =
        IntStream.range(0, 100).mapToObj(i -> listen("s" + i % 7, i)).toArray(String[]::new);
    assertThat(submit(configFile, token, listens).body()).isEqualTo("{\"status\":\"ok\"}");
    runStream();
    Set<String> submitted = rows("Eve");
    assertThat(submitted).hasSize(100).allMatch(row -> row.contains("\"ms_played\": 31000"));

    Path export = Files.writeString(folder.resolve("1.jsonl"), String.join("\n", listens));
    servers.runProducer(configFile, "import", export.toString(), "--listener", "Eve");
    runStream();
    assertThat(rows("Eve")).isEqualTo(submitted);
  }

  /** As two commands at the same instant may leave it. */
  private static void indexAlso(String listener) {
    cql.execute(
        "INSERT INTO "
            + NAME
            + ".submission_tokens (hash, name) VALUES (0x00, ?) USING TIMESTAMP ?",
        listener,
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plusSeconds(60)));
  }

  @Test
  void aTokenCountsUntilItIsReplacedOrRevoked() throws Exception {
    String first = token("Bob");
    assertThat(status(first)).isEqualTo(200);
    String second = token("Bob");
    assertThat(status(first)).isEqualTo(401);
    assertThat(validate(configFile, second)).contains("\"user_name\":\"Bob\"");
    assertThat(status(second)).isEqualTo(200);
    assertThat(status("6f1d8c3e-0000-4000-8000-000000000000")).isEqualTo(401);
    indexAlso("Bob");
    assertThat(token("Bob", "--revoke")).isEmpty();
    assertThat(status(second)).isEqualTo(401);
    assertThat(validate(configFile, second)).contains("\"valid\":false");
    assertThat(tokenRows()).noneMatch(row -> row.contains("Bob"));
  }

  @Test
  void whoIsForgottenSubmitsNoMore() throws Exception {
    String token = token("Cid");
    assertThat(status(token)).isEqualTo(200);
    // A stream that is behind would be waited for.
    runStream();
    assertThat(
            JobRun.output(configFile, "forget", "--listener", "Cid", "--to", "2026-03-01T00:00Z"))
        .doesNotContain("token");
    assertThat(JobRun.output(configFile, "forget", "--listener", "Cid", "--dry-run"))
        .contains(", of listeners 1, the token");
    assertThat(validate(configFile, token)).contains("\"user_name\":\"Cid\"");
    assertThat(JobRun.output(configFile, "forget", "--listener", "Cid")).contains(", the token");
    assertThat(status(token)).isEqualTo(401);
    assertThat(tokenRows()).noneMatch(row -> row.contains("Cid"));
    indexAlso("Cid");
    assertThat(JobRun.output(configFile, "forget", "--listener", "Cid")).contains(", the token");
    assertThat(tokenRows()).noneMatch(row -> row.contains("Cid"));
  }

  /** Neither its tables nor its log have any of it. */
  @Test
  void nobodyFindsAToken() throws Exception {
    String token = token("Dan");
    assertThat(status(token)).isEqualTo(200);
    assertThat(tokenRows()).anyMatch(row -> row.contains("Dan"));
    String log = Files.readString(folder.resolve("page.log"));
    for (String made : TOKENS) {
      assertThat(tokenRows()).noneMatch(row -> !made.isEmpty() && row.contains(made));
      assertThat(made.isEmpty() || !log.contains(made)).isTrue();
    }
  }

  @Test
  void whileKafkaDoesNotAnswerPlayersSendAgain() throws Exception {
    assertThat(status(ada)).isEqualTo(200);
    try (LocalServers.Frozen kafka = servers.frozenKafka()) {
      long start = System.nanoTime();
      HttpResponse<String> answer = submit(configFile, ada, listen("frozen", 1));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("4");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(2));
      assertThat(validate(configFile, ada)).contains("\"valid\":true");
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> submit(configFile, ada, listen("frozen", 1)).statusCode() == 200);
    assertThat(isInTheTopic("frozen")).isTrue();
  }

  @Test
  void withoutKafkaThereIsNoAnswerButThat() throws Exception {
    Path other =
        configFile(
            NAME + "_without_kafka",
            Map.of(
                "cassandra.keyspace",
                NAME,
                "kafka.topic",
                NAME,
                "kafka.bootstrap-servers",
                "127.0.0.1:" + ServerProcesses.freePort()));
    Process started = start(other);
    try {
      HttpResponse<String> answer = submit(other, ada, listen("nowhere", 1));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    } finally {
      started.destroy();
    }
  }

  /** Until the page dies under them, each its own listens; those that were answered. */
  private static Set<String> submitUntilItDies(Process dying) throws Exception {
    Set<String> answered = new ConcurrentSkipListSet<>();
    URI address = address(configFile, "submit-listens");
    ExecutorService players = Executors.newFixedThreadPool(PLAYERS);
    List<Future<?>> ends = new ArrayList<>();
    for (int player = 0; player < PLAYERS; player++) {
      int number = player;
      ends.add(
          players.submit(
              () -> {
                for (int i = 0; ; i++) {
                  String song = "p" + number + " " + i;
                  try {
                    if (submit(address, ada, listen(song, i)).statusCode() == 200) {
                      answered.add(song);
                    }
                  } catch (IOException e) {
                    return null;
                  }
                }
              }));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> answered.size() > 5 * PLAYERS);
    dying.destroyForcibly().waitFor();
    for (Future<?> end : ends) {
      end.get();
    }
    players.shutdown();
    return answered;
  }

  @Test
  void whatWasAnsweredIsStoredAlthoughThePageIsKilled() throws Exception {
    Set<String> answered = submitUntilItDies(page);
    page = start(configFile);
    runStream();
    Set<String> stored =
        cql.execute("SELECT song_name FROM " + NAME + ".records WHERE name = 'Ada'").all().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());
    assertThat(answered).hasSizeGreaterThan(5 * PLAYERS);
    assertThat(stored).containsAll(answered);
    assertThat(JobRun.output(configFile, "status")).contains("\"dead_letters\":0");
  }
}
