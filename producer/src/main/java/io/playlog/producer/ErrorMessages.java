package io.playlog.producer;

import io.playlog.catalogue.CatalogueException;
import io.playlog.config.ConfigException;
import io.playlog.producer.kafka.KafkaNotReadyException;
import io.playlog.producer.run.ManifestException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Errors that the user can mend are one message; a stack trace is for the others. */
final class ErrorMessages implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    error.getCommandLine().getErr().println(error.getMessage());
    return ExitCode.USAGE.code();
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine line, ParseResult parsed)
      throws Exception {
    ExitCode code;
    if (error instanceof ConfigException
        || error instanceof CatalogueException
        || error instanceof ManifestException) {
      code = ExitCode.USAGE;
    } else if (error instanceof KafkaNotReadyException) {
      code = ExitCode.KAFKA_NOT_READY;
    } else {
      throw error;
    }
    line.getErr().println(error.getMessage());
    return code.code();
  }
}
