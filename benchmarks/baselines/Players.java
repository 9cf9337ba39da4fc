import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * No baseline, but the load of a measurement: players that submit listens to the page, each as soon
 * as the request before is answered, over a connection of its own that stays open. It does as
 * little as it can, since it has the same cores as the servers.
 *
 * <p>java Players.java PORT PLAYERS LISTENS_PER_REQUEST WARM_UP_SECONDS SECONDS TOKEN...
 */
public final class Players {
  private static final long BEGIN = 1_750_000_000L;
  private static final int LONGEST_LINE = 4096;

  private final int port;
  private final int listens;
  private final long warmAt;
  private final long end;

  /**
   * What a player has seen.
   *
   * @param all requests that were answered, while it was warmed up too
   * @param nanos of each request since
   */
  private record Seen(long all, long[] nanos) {}

  private Players(int port, int listens, int warmUpSeconds, int seconds) {
    this.port = port;
    this.listens = listens;
    this.warmAt = System.nanoTime() + warmUpSeconds * 1_000_000_000L;
    this.end = warmAt + seconds * 1_000_000_000L;
  }

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int count = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[4]);
    List<String> tokens = List.of(args).subList(5, args.length);
    Players players =
        new Players(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            seconds);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    List<Future<Seen>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      running.add(threads.submit(() -> players.play(number, tokens.get(number % tokens.size()))));
    }
    long all = 0;
    List<long[]> nanos = new ArrayList<>();
    for (Future<Seen> each : running) {
      all += each.get().all();
      nanos.add(each.get().nanos());
    }
    threads.shutdown();
    long[] sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "requests %d in %d s, p50 %.3f ms, p99 %.3f ms, with the warm-up %d%n",
        sorted.length,
        seconds,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        all);
  }

  private Seen play(int number, String token) throws IOException {
    long[] nanos = new long[1 << 10];
    int measured = 0;
    long all = 0;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long begun = System.nanoTime(); begun < end; ) {
        socket.getOutputStream().write(request(number, all, token));
        readAnswer(in);
        long now = System.nanoTime();
        if (begun >= warmAt) {
          nanos = measured < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * measured);
          nanos[measured++] = now - begun;
        }
        all++;
        begun = now;
      }
    }
    return new Seen(all, Arrays.copyOf(nanos, measured));
  }

  /** No listen is like another: their seconds, and of each player their songs, differ. */
  private byte[] request(int number, long sent, String token) {
    StringBuilder body = new StringBuilder(64 + 200 * listens);
    body.append("{\"listen_type\":\"import\",\"payload\":[");
    for (int i = 0; i < listens; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"listened_at\":")
          .append(BEGIN + sent * listens + i)
          .append(",\"track_metadata\":{\"artist_name\":\"The Small Hours\",\"track_name\":\"Song ")
          .append(number)
          .append("\",\"release_name\":\"Lamplight\",\"additional_info\":")
          .append("{\"media_player\":\"Benchmark\",\"duration_played\":127}}}");
    }
    byte[] json = body.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    String head =
        "POST /1/submit-listens HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(token, json.length);
    byte[] request =
        Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + json.length);
    System.arraycopy(json, 0, request, head.length(), json.length);
    return request;
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = readLine(in);
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(status + " " + body);
    }
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() == LONGEST_LINE) {
        throw new IOException("found no answer: " + line);
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
