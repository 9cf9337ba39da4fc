package io.playlog.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.KafkaSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a server that answers what a broker would, or does not. */
class BrokerProbeTest {
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private String explained(String... properties) {
    Map<String, String> passed =
        properties.length == 0 ? Map.of() : Map.of(properties[0], properties[1]);
    KafkaSettings settings = KafkaClientsTest.settings(address(), passed);
    return BrokerProbe.explain(settings);
  }

  /** Answers each connection so, whatever it asks. */
  private void answer(byte[] answer) {
    CompletableFuture.runAsync(
        () -> {
          while (!server.isClosed()) {
            try (Socket client = server.accept()) {
              client.getOutputStream().write(answer);
              client.shutdownOutput();
              client.getInputStream().readAllBytes();
            } catch (IOException e) {
              // The client is gone, or the test is over.
            }
          }
        });
  }

  private static byte[] brokers(BrokerProbe.Advertised... brokers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(100);
    out.writeInt(1);
    out.writeInt(0);
    out.writeInt(brokers.length);
    for (BrokerProbe.Advertised broker : brokers) {
      out.writeInt(broker.id());
      out.writeUTF(broker.host());
      out.writeInt(broker.port());
      if (broker.id() == 1) {
        out.writeShort(-1);
      } else {
        out.writeUTF("rack-" + broker.id());
      }
    }
    return bytes.toByteArray();
  }

  private BrokerProbe.Advertised here(int id) {
    return new BrokerProbe.Advertised(id, "127.0.0.1", server.getLocalPort());
  }

  @Test
  void readsWhatABrokerAdvertises() throws IOException {
    List<BrokerProbe.Advertised> brokers =
        List.of(here(1), new BrokerProbe.Advertised(2, "::1", 9092));
    answer(brokers(brokers.toArray(BrokerProbe.Advertised[]::new)));

    assertThat(BrokerProbe.advertised("127.0.0.1", server.getLocalPort())).isEqualTo(brokers);
    assertThat(brokers).extracting(Object::toString).containsExactly(address(), "[::1]:9092");
  }

  @Test
  void namesWhatDoesNotResolveAndWhatDoesNotAnswer() throws IOException {
    answer(
        brokers(
            here(2),
            new BrokerProbe.Advertised(1, "broker-a.invalid", 29092),
            new BrokerProbe.Advertised(3, "127.0.0.1", 1)));

    assertThat(explained())
        .startsWith(
            "Kafka answers at "
                + address()
                + ", but broker 1 advertises broker-a.invalid:29092, which is a name that does not"
                + " resolve here, broker 3 advertises 127.0.0.1:1, which cannot be reached"
                + " (Connection refused). Clients go on with what the brokers advertise: start the"
                + " broker if it is down, else set its advertised.listeners");
  }

  @Test
  void aBrokerThatIsThereMayBeSlow() throws IOException {
    answer(brokers(here(1)));

    String slow =
        "Kafka at %s takes connections, but does not answer in time: it may be starting, or overloaded"
            .formatted(address());
    assertThat(explained()).isEqualTo(slow);
    assertThat(explained("security.protocol", "plaintext")).isEqualTo(slow);
  }

  @Test
  void aServerThatIsNoBrokerOrHasTls() {
    answer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));

    assertThat(explained())
        .startsWith(
            "A server takes connections at %s, but does not answer as a Kafka broker does without TLS and login"
                .formatted(address()))
        .contains("security.protocol");
  }

  @Test
  void aServerThatHangsUp() {
    answer(new byte[0]);

    assertThat(explained()).contains("does not answer as a Kafka broker does");
  }

  /** Its brokers cannot be asked without their certificates and passwords. */
  @Test
  void withALoginItSaysWhatElseToCheck() {
    answer(new byte[0]);

    assertThat(explained("security.protocol", "SASL_PLAINTEXT"))
        .startsWith(
            "A server takes connections at %s, but Kafka's client got no answer with security.protocol=SASL_PLAINTEXT"
                .formatted(address()))
        .contains("advertised.listeners");
  }

  @Test
  void aServerWithoutTlsThatShouldHaveIt() {
    answer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));

    assertThat(explained("security.protocol", "SASL_SSL"))
        .startsWith(
            "A server takes connections at %s, but did not answer with TLS, which"
                .formatted(address()));
  }

  @Test
  void noServerAtAll() throws IOException {
    String gone = address();
    server.close();

    assertThat(
            BrokerProbe.explain(
                KafkaClientsTest.settings(gone + ", nowhere.invalid:9092", Map.of())))
        .startsWith("No Kafka broker answers at " + gone + ", nowhere.invalid:9092: start it")
        .endsWith(
            "Found: "
                + gone
                + " cannot be reached (Connection refused), nowhere.invalid:9092 is a name that"
                + " does not resolve here");
  }
}
