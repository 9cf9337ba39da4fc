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
  public static JobRun of(Path configFile, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--config", configFile.toString()));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    return new JobRun(commandLine.execute(arguments.toArray(String[]::new)), out.toString());
  }

  /** What a job that ends well has printed. */
  public static String output(Path configFile, String command, String... more) {
    JobRun run = of(configFile, command, more);
    assertThat(run.exitCode()).as(command).isZero();
    return run.printed();
  }
}
