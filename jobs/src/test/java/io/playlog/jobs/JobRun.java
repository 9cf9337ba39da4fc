package io.playlog.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A job inside the test's JVM.
 *
 * @param printed on standard output
 */
public record JobRun(int exitCode, String printed) {
  public static JobRun of(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    int exitCode = commandLine.execute(arguments);
    return new JobRun(exitCode, out.toString());
  }

  /** Returns what a job that ends well has printed. */
  public static String output(Path configFile, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--config", configFile.toString()));
    arguments.addAll(List.of(more));
    JobRun run = of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(command).isZero();
    return run.printed();
  }
}
