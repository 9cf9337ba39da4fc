package io.playlog.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

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

  /**
   * Whether a server answers with a certificate. Nothing is sent to it, whether or not the
   * certificate is one to trust.
   */
  public static boolean hasTls(String host, int port) {
    try (Socket socket = new Socket()) {
      int timeout = Math.toIntExact(TIMEOUT.toMillis());
      socket.connect(new InetSocketAddress(host, port), timeout);
      socket.setSoTimeout(timeout);
      SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
      ((SSLSocket) tls.createSocket(socket, host, port, true)).startHandshake();
      return true;
    } catch (IOException e) {
      return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
          .anyMatch(CertificateException.class::isInstance);
    }
  }
}
