package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.net.Connections;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;

/**
 * Finds out why no broker answers. A Kafka client goes on with the addresses that a broker tells it
 * (advertised.listeners), and when these cannot be reached, it only says that time is over; so a
 * broker is asked for them here, as Kafka's protocol has it, which none of its clients offers.
 */
final class BrokerProbe {
  private static final int TIMEOUT_MS = Math.toIntExact(Connections.TIMEOUT.toMillis());
  private static final int MAX_NAMED = 3;

  private static final short METADATA = 3;
  private static final short METADATA_VERSION = 4;
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private BrokerProbe() {}

  /** A broker as its clients are told of it. */
  record Advertised(int id, String host, int port) {
    @Override
    public String toString() {
      return host.contains(":") ? "[%s]:%d".formatted(host, port) : host + ":" + port;
    }
  }

  /** What was found, and what to do. */
  static String explain(KafkaSettings settings) {
    String servers = settings.bootstrapServers();
    List<String> problems = new ArrayList<>();
    for (String server : servers.split(",")) {
      String host = Utils.getHost(server.strip());
      int port = Utils.getPort(server.strip());
      Optional<String> problem = Connections.problem(host, port);
      if (problem.isEmpty()) {
        return explainConnected(settings, server.strip(), host, port);
      }
      problems.add("%s %s".formatted(server.strip(), problem.get()));
    }
    return "No Kafka broker answers at %s: start it (scripts/start-all.sh starts a local one), or set playlog.kafka.bootstrap-servers or PLAYLOG_KAFKA to yours. Found: %s"
        .formatted(servers, String.join(", ", problems));
  }

  /**
   * For clients without TLS, which would try again and again until their time is over.
   *
   * @throws PlaylogException if a server that they are to ask first has TLS
   */
  static void requireNoTls(KafkaSettings settings) {
    if (hasTls(protocol(settings))) {
      return;
    }
    for (String server : settings.bootstrapServers().split(",")) {
      if (Connections.hasTls(Utils.getHost(server.strip()), Utils.getPort(server.strip()))) {
        throw new PlaylogException(
            ErrorCode.KAFKA_UNREACHABLE, expectsTls(server.strip(), protocol(settings)));
      }
    }
  }

  private static String expectsTls(String server, String protocol) {
    return "The server at %s expects TLS, and Kafka's client has security.protocol=%s: set it to SASL_SSL, or to SSL where there is no login, in playlog.kafka.properties, with ssl.truststore.location"
        .formatted(server, protocol);
  }

  /** Kafka takes it in any letters. */
  private static String protocol(KafkaSettings settings) {
    return settings
        .properties()
        .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
        .toUpperCase(Locale.ROOT);
  }

  private static boolean hasTls(String protocol) {
    return protocol.endsWith("SSL");
  }

  private static String explainConnected(
      KafkaSettings settings, String server, String host, int port) {
    String protocol = protocol(settings);
    if (protocol.equals("PLAINTEXT")) {
      return explainPlain(server, host, port);
    }
    boolean answersWithTls = Connections.hasTls(host, port);
    if (answersWithTls && !hasTls(protocol)) {
      return expectsTls(server, protocol);
    }
    if (!answersWithTls && hasTls(protocol)) {
      return "A server takes connections at %s, but did not answer with TLS, which security.protocol=%s in playlog.kafka.properties asks for: is this the port that has TLS?"
          .formatted(server, protocol);
    }
    return "A server takes connections at %s, but Kafka's client got no answer with security.protocol=%s: check playlog.kafka.properties, and that this machine reaches the addresses that the brokers advertise (their advertised.listeners)"
        .formatted(server, protocol);
  }

  private static String explainPlain(String server, String host, int port) {
    List<Advertised> brokers;
    try {
      brokers = advertised(host, port);
    } catch (IOException e) {
      // One that says nothing at all is not asked again.
      return !(e instanceof SocketTimeoutException) && Connections.hasTls(host, port)
          ? expectsTls(server, "PLAINTEXT")
          : "A server takes connections at %s, but does not answer as a Kafka broker does without TLS and login (%s): check playlog.kafka.bootstrap-servers, and security.protocol in playlog.kafka.properties"
              .formatted(server, e);
    }
    List<String> unreachable = new ArrayList<>();
    for (Advertised broker : brokers) {
      if (unreachable.size() < MAX_NAMED) {
        Connections.problem(broker.host(), broker.port())
            .ifPresent(
                problem ->
                    unreachable.add(
                        "broker %d advertises %s, which %s"
                            .formatted(broker.id(), broker, problem)));
      }
    }
    return unreachable.isEmpty()
        ? "Kafka at %s takes connections, but does not answer in time: it may be starting, or overloaded"
            .formatted(server)
        : "Kafka answers at %s, but %s. Clients go on with what the brokers advertise: start the broker if it is down, else set its advertised.listeners to an address that this machine reaches, or let this machine know that name"
            .formatted(server, String.join(", ", unreachable));
  }

  /** Kafka's metadata request, of no topic: the answer begins with the brokers. */
  static List<Advertised> advertised(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      String client = "playlog";
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(2 + 2 + 4 + 2 + client.length() + 4 + 1);
      out.writeShort(METADATA);
      out.writeShort(METADATA_VERSION);
      out.writeInt(1);
      out.writeUTF(client);
      out.writeInt(0);
      out.writeBoolean(false);
      out.flush();
      return read(new DataInputStream(socket.getInputStream()));
    }
  }

  private static List<Advertised> read(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MAX_ANSWER_BYTES) {
      throw new IOException("the answer has another form than Kafka's");
    }
    in.readInt(); // which request it answers
    in.readInt(); // throttle time
    int count = in.readInt();
    List<Advertised> brokers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      brokers.add(new Advertised(in.readInt(), in.readUTF(), in.readInt()));
      in.skipNBytes(Math.max(0, in.readShort())); // rack
    }
    return brokers;
  }
}
