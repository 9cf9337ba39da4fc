package io.playlog.jobs;

import io.playlog.catalogue.CatalogueException;
import io.playlog.config.ConfigException;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** What a job's exit tells the one who started it. */
public enum ExitCode {
  OK(0),
  FAILED(1),
  BAD_INPUT(2),
  NOT_CAUGHT_UP(3),
  HOUR_NOT_OVER(4),
  NOT_SET_UP(5),
  MISSING(6),
  NOT_AUDITABLE(7);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  static int of(Throwable failure) {
    Optional<JobException> job = JobException.in(failure);
    if (job.isPresent()) {
      return job.get().exitCode().code();
    }
    if (failure instanceof ParameterException
        || failure instanceof ConfigException
        || failure instanceof CatalogueException) {
      return BAD_INPUT.code();
    }
    return FAILED.code();
  }
}
