package io.playlog.jobs.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Listens on ::1 for a server that listens on 127.0.0.1 only, and can fall silent. */
final class Forwarder implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean silent;

  Forwarder(int target) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByName("::1"));
    this.target = target;
    start(this::accept);
  }

  /** As it stands in a setting. */
  String address() {
    return "[::1]:" + server.getLocalPort();
  }

  /** From now on nothing is forwarded, and nobody is told. */
  void fallSilent() {
    silent = true;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = open(server.accept());
      Socket behind = open(new Socket(InetAddress.getByName("127.0.0.1"), target));
      start(() -> copy(client, behind));
      start(() -> copy(behind, client));
    }
  }

  private synchronized Socket open(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        if (!silent) {
          out.write(buffer, 0, size);
        }
      }
    }
  }

  /** What a thread does until its socket is closed. */
  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Closed by one of both sides.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
