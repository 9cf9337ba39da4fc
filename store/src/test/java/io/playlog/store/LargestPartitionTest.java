package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargestPartitionTest {
  private static OptionalLong answered(ErrorCode code) {
    return LargestPartition.unlessRefused(
        () -> {
          throw new PlaylogException(code, "no");
        });
  }

  /** A user without the grant, a cluster without the table. */
  @ParameterizedTest
  @EnumSource(names = {"CASSANDRA_PERMISSION", "SCHEMA_DIFFERS"})
  void isNotKnownWhereItIsRefused(ErrorCode code) {
    assertThat(answered(code)).isEmpty();
  }

  @Test
  void isAProblemWhereCassandraDoesNotAnswer() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> answered(ErrorCode.CASSANDRA_TIMEOUT))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CASSANDRA_TIMEOUT));
  }
}
