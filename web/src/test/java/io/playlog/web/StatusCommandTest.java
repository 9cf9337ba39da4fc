package io.playlog.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  private final InputStream stdin = System.in;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int status(String settings, String input) throws Exception {
    Path config = Files.writeString(folder.resolve("application.conf"), settings);
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("status", "--settings-first", "--config", config.toString());
  }

  @AfterEach
  void giveBackStandardInput() {
    System.setIn(stdin);
  }

  @Test
  void settingsComeFirstAndNobodyHasToAskForTheNumbers() throws Exception {
    assertThat(status("playlog.kafka.topic = other", "")).isZero();
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .startsWith("{")
        .contains("\"kafka.topic\":\"other\"");
  }

  @Test
  void withoutSettingsThereIsNoLine() throws Exception {
    assertThat(status("playlog.kafka.topics = other", "go on\n"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("PL-101: ").contains("playlog.kafka.topics");
  }
}
