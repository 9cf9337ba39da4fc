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
 * @param error on standard error
 */
public record JobRun(int exitCode, String printed, String error) {
  public static JobRun of(Path configFile, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--config", configFile.toString()));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        commandLine(new PrintWriter(out), new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new JobRun(exitCode, out.toString(), err.toString());
  }

  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return Main.commandLine().setOut(out).setErr(err);
  }

  /** What a job that ends well has printed. */
  public static String output(Path configFile, String command, String... more) {
    JobRun run = of(configFile, command, more);
    assertThat(run.exitCode()).as("%s: %s", command, run.error()).isZero();
    return run.printed();
  }
}
