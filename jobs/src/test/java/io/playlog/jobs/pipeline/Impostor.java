package io.playlog.jobs.pipeline;

import io.playlog.threads.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Stands in the place of a server, shows a certificate, and counts what it is told. */
final class Impostor implements AutoCloseable {
  private final SSLServerSocket server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(new DaemonThreads("impostor"));
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong told = new AtomicLong();

  private Impostor(SSLServerSocket server) {
    this.server = server;
  }

  /**
   * @param store with the key and the certificate
   */
  static Impostor start(Path store, String password) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, password.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    Impostor impostor =
        new Impostor(
            (SSLServerSocket)
                tls.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
    impostor.threads.submit(impostor::serve);
    return impostor;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.incrementAndGet();
        threads.submit(() -> listen(client));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void listen(Socket client) {
    try (client;
        InputStream in = client.getInputStream()) {
      byte[] bytes = new byte[4096];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        told.addAndGet(read);
      }
    } catch (IOException e) {
      // The client does not trust it.
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** Bytes that clients have sent it behind the handshake: of a login, say. */
  long told() {
    return told.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
