package io.playlog.jobs.deadletters;

import io.playlog.listen.RejectReason;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reason by the code that stands in a dead letter's header. */
final class ReasonOption implements ITypeConverter<RejectReason> {
  @Override
  public RejectReason convert(String text) {
    return Stream.of(RejectReason.values())
        .filter(reason -> reason.code().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "found '%s', expected one of %s".formatted(text, codes())));
  }

  private static String codes() {
    return Stream.of(RejectReason.values())
        .map(RejectReason::code)
        .collect(Collectors.joining(", "));
  }
}
