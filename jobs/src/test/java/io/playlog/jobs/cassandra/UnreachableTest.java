package io.playlog.jobs.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.playlog.config.CassandraSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are no Cassandra, or not the one that was meant. */
class UnreachableTest {
  private static final Map<String, String> IMPATIENT =
      Map.of("spark.cassandra.connection.timeoutMS", "500");
  private static final Map<String, String> TLS =
      Map.of(
          "spark.cassandra.connection.timeoutMS",
          "2000",
          "spark.cassandra.connection.ssl.enabled",
          "true");

  private static final String NO_CASSANDRA = "does not answer in Cassandra's protocol";

  private static PlaylogException refusal(int port, Map<String, String> spark) {
    CassandraSettings settings =
        new CassandraSettings("127.0.0.1:" + port, "dc1", "spotify", "{}", "ONE", spark, true);
    SparkConf conf = Cassandra.configure(new SparkConf(false), settings);
    return catchThrowableOfType(
        PlaylogException.class, () -> Cassandra.of(conf, settings).open().close());
  }

  /** What a server does with a client that has connected. */
  private interface Behaviour {
    void serve(Socket client) throws IOException;
  }

  private static PlaylogException refusalBy(Behaviour behaviour, Map<String, String> spark)
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread serving =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try {
                    behaviour.serve(server.accept());
                  } catch (IOException e) {
                    // The client or the test has gone.
                  }
                }
              });
      serving.setDaemon(true);
      serving.start();
      return refusal(server.getLocalPort(), spark);
    }
  }

  private static void assertSays(PlaylogException refusal, ErrorCode code, String says) {
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal)
        .hasMessageStartingWith("No Cassandra answers at 127.0.0.1:")
        .hasMessageContaining("(playlog.cassandra.contact-points): ")
        .hasMessageContaining(says);
    assertThat(refusal.getMessage()).doesNotContain("\n");
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertSays(refusal(port, Map.of()), ErrorCode.CASSANDRA_UNREACHABLE, "Connection refused");
  }

  @Test
  void aServerThatHangsUp() throws IOException {
    assertSays(refusalBy(Socket::close, Map.of()), ErrorCode.CASSANDRA_UNREACHABLE, NO_CASSANDRA);
  }

  @Test
  void aServerThatSaysNothing() throws IOException {
    assertSays(refusalBy(client -> {}, IMPATIENT), ErrorCode.CASSANDRA_UNREACHABLE, NO_CASSANDRA);
  }

  @Test
  void aWebServer() throws IOException {
    Behaviour web =
        client -> {
          client.getInputStream().read();
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          client.close();
        };
    assertSays(refusalBy(web, IMPATIENT), ErrorCode.CASSANDRA_UNREACHABLE, NO_CASSANDRA);
  }

  @Test
  void aServerWithoutTls() throws IOException {
    Behaviour plain =
        client -> {
          client.getInputStream().read();
          client.getOutputStream().write(new byte[] {(byte) 0x84, 0, 0, 0, 0, 0, 0, 0, 0});
          client.getOutputStream().flush();
        };
    assertSays(refusalBy(plain, TLS), ErrorCode.CASSANDRA_UNREACHABLE, "speaks no TLS");
  }

  @Test
  void aTrustStoreThatIsNotThere() {
    Map<String, String> spark = new HashMap<>(TLS);
    spark.put("spark.cassandra.connection.ssl.trustStore.path", "/gone/trust.jks");

    PlaylogException refusal = refusal(1, spark);

    assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_SETTINGS);
    assertThat(refusal)
        .hasMessage(
            "playlog.cassandra.spark.spark.cassandra.connection.ssl.trustStore.path: the store"
                + " /gone/trust.jks is not there");
  }

  @Test
  void anEmptyPassword() {
    Map<String, String> login =
        Map.of("spark.cassandra.auth.username", "app", "spark.cassandra.auth.password", "");
    assertRefusesSettings(refusal(1, login), "password cannot be empty");
  }

  private static void assertRefusesSettings(PlaylogException refusal, String says) {
    assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_SETTINGS);
    assertThat(refusal)
        .hasMessage("Cassandra's client refuses the settings under playlog.cassandra: " + says);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spark.cassandra.connection.timeoutMS, soon, Illegal value for config key spark.cassandra.connection.timeoutMS
          spark.cassandra.conection.port,       9042, spark.cassandra.conection.port is not a valid Spark Cassandra Connector variable
          """)
  void propertiesThatTheConnectorRefuses(String name, String value, String words) {
    PlaylogException refusal = refusal(1, Map.of(name, value));

    assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_SETTINGS);
    assertThat(refusal.getMessage())
        .startsWith("The Spark Cassandra Connector refuses playlog.cassandra.spark: ")
        .contains(words);
  }

  @Test
  void theSettingThatCountsIsNamed() {
    assertThat(refusal(2, Map.of("spark.cassandra.connection.host", "127.0.0.1:1")).getMessage())
        .startsWith(
            "No Cassandra answers at 127.0.0.1:1 (playlog.cassandra.spark.spark.cassandra.connection.host): ");
  }
}
