package io.playlog.jobs;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints a message where it says all, a stack trace where it does not. */
final class FailureHandler implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    int code = ExitCode.of(failure);
    Optional<JobException> explained = JobException.in(failure);
    if (explained.isPresent() || code != ExitCode.FAILED.code()) {
      LOG.error("{}", explained.map(Exception.class::cast).orElse(failure).getMessage());
    } else {
      LOG.error("{} failed", command.getCommandName(), failure);
    }
    return code;
  }
}
