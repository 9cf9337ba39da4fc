package io.playlog.jobs;

import java.io.PrintWriter;
import java.io.StringWriter;
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
}
