package io.playlog.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Tries to connect. */
public final class Connections {
  public static final Duration TIMEOUT = Duration.ofSeconds(3);

  private Connections() {}

  /**
   * Why no connection is made, empty if one is.
   *
   * @return such as {@code cannot be reached (Connection refused)}
   */
  public static Optional<String> problem(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return Optional.of("is a name that does not resolve here");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(TIMEOUT.toMillis()));
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      return Optional.of("does not answer within %d s".formatted(TIMEOUT.toSeconds()));
    } catch (IOException e) {
      return Optional.of("cannot be reached (%s)".formatted(e.getMessage()));
    }
  }
}
