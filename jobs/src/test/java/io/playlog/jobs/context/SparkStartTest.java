package io.playlog.jobs.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkStartTest {
  @Test
  void aMasterThatIsNotThereIsOneLine() {
    SparkConf conf = new SparkConf(false).setMaster("spark://127.0.0.1:1,127.0.0.1:2");
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> new SparkStart(conf, Duration.ZERO).session())
        .withMessage(
            "Spark at spark://127.0.0.1:1,127.0.0.1:2 does not take this job: 127.0.0.1:1 cannot be"
                + " reached (Connection refused), 127.0.0.1:2 cannot be reached (Connection"
                + " refused). Start its master, or set playlog.spark.master or PLAYLOG_SPARK_MASTER"
                + " to yours; playlog.spark.resources-timeout says how long to wait for it.")
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.SPARK_UNREACHABLE);
              assertThat(failure.code().exitCode().code()).isEqualTo(8);
            });
  }

  @Test
  void whatSparkRefusesIsOneLine() {
    SparkConf conf = new SparkConf().setAppName("test").set("spark.testing.memory", "100000000");
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> new SparkStart(conf, Duration.ZERO).session())
        .withMessageStartingWith("Spark refuses its settings (playlog.spark, or a configuration of")
        .withMessageContaining("System memory 100000000 must be at least")
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_SETTINGS));
  }

  @Test
  void oneOfSeveralMastersIsEnough() throws Exception {
    try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(SparkStart.problems("spark://127.0.0.1:1,127.0.0.1:" + master.getLocalPort()))
          .isEmpty();
    }
  }

  @Test
  void whatIsNoAddressIsForSparkToExplain() {
    assertThat(SparkStart.problems("spark://127.0.0.1")).isEmpty();
    assertThat(SparkStart.problems("spark://[::1]:1")).singleElement().asString().contains("::1");
  }
}
