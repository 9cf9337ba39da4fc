package io.playlog.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Jobs inside the test's JVM. */
public final class JobRun {
  private JobRun() {}

  /** Returns what a job that ends well has printed. */
  public static String output(Path configFile, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--config", configFile.toString()));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    assertThat(commandLine.execute(arguments.toArray(String[]::new))).as(command).isZero();
    return out.toString();
  }
}
