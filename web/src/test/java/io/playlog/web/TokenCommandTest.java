package io.playlog.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int token(String... arguments) throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Path config =
        Files.writeString(
            folder.resolve("application.conf"),
            "playlog.cassandra.contact-points = \"127.0.0.1:%d\"".formatted(nobody));
    String[] line = new String[arguments.length + 3];
    line[0] = "token";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    line[line.length - 2] = "--config";
    line[line.length - 1] = config.toString();
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(line);
  }

  @Test
  void aListenerIsNamedAsMessagesNameOne() throws IOException {
    assertThat(token("--listener", "\u200b")).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .startsWith("PL-100: --listener: found \"")
        .contains("(name-blank), expected 1 to 1,024 characters");
    assertThat(token()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withoutCassandraThereIsNoToken() throws IOException {
    assertThat(token("--listener", "Ada")).isEqualTo(ExitCode.UNREACHABLE.code());
    assertThat(err.toString()).startsWith("PL-301: ");
    assertThat(out.toString()).isEmpty();
  }
}
