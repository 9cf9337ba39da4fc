package io.playlog.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  @Test
  void saysWhyNoneIsMade() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertThat(Connections.problem("127.0.0.1", port)).isEmpty();
    }
    assertThat(Connections.problem("127.0.0.1", port))
        .contains("cannot be reached (Connection refused)");
    assertThat(Connections.problem("nowhere.invalid", port))
        .contains("is a name that does not resolve here");
  }
}
