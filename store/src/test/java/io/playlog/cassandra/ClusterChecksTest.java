package io.playlog.cassandra;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.oss.driver.api.core.Version;
import io.playlog.error.PlaylogException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterChecksTest {
  @Test
  void bothDataCentresAreNamed() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () -> ClusterChecks.requireDatacenter("dc1", Arrays.asList("eu", "asia", null, "eu")))
        .withMessage(
            "playlog.cassandra.local-datacenter: found dc1, expected that of a Cassandra node, which is asia or eu. Set it to the data centre that the jobs read from and write to; names count by letter and case.");
  }

  @Test
  void oneNodeInItIsEnough() {
    assertThatCode(() -> ClusterChecks.requireDatacenter("eu", List.of("asia", "eu")))
        .doesNotThrowAnyException();
    assertThatCode(() -> ClusterChecks.requireDatacenter("eu", List.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void theOldestNodeCounts() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () ->
                ClusterChecks.requireVersion(
                    Arrays.asList(Version.parse("5.0.9"), null, Version.parse("3.11.19"))))
        .withMessageStartingWith("A Cassandra node has the version 3.11.19, expected ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.0.9", "5.1.0", "6.0-alpha1-SNAPSHOT"})
  void newerOnesAreTaken(String version) {
    assertThatCode(() -> ClusterChecks.requireVersion(List.of(Version.parse(version))))
        .doesNotThrowAnyException();
  }
}
