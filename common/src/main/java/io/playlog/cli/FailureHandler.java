package io.playlog.cli;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Prints an error's id and message, which say all; a stack trace is only for errors that nobody has
 * explained.
 */
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Function<Throwable, Optional<PlaylogException>> explanation;

  /**
   * @param explanation of failures that nobody has explained where they happened
   */
  FailureHandler(Function<Throwable, Optional<PlaylogException>> explanation) {
    this.explanation = explanation;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    print(err, ErrorCode.BAD_ARGUMENTS, failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("See: %s --help%n", command.getCommandSpec().qualifiedName());
    return ErrorCode.BAD_ARGUMENTS.exitCode().code();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    Optional<PlaylogException> explained =
        PlaylogException.in(failure).or(() -> explanation.apply(failure));
    if (explained.isPresent()) {
      print(command.getErr(), explained.get().code(), explained.get().getMessage());
      return explained.get().code().exitCode().code();
    }
    ErrorCode code = ErrorCode.UNEXPECTED;
    Program.log().error("{}: {} failed", code.id(), command.getCommandName(), failure);
    return code.exitCode().code();
  }

  private static void print(PrintWriter err, ErrorCode code, String message) {
    err.println(code.id() + ": " + message);
    err.flush();
  }
}
