package io.playlog.jobs.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.SparkSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final SparkSettings SETTINGS =
      new SparkSettings(
          "", "", "1g", "1g", 6, 3, "5g", "4g", Duration.ZERO, 4040, Map.of(), Map.of());

  private static String share(String job, SparkConf conf) {
    Share.of(job, SETTINGS).set(conf);
    return conf.get("spark.cores.max", "all") + " " + conf.get("spark.executor.memory", "Spark's");
  }

  @Test
  void streamAndReportsHaveTheirs() {
    assertThat(share("stream", new SparkConf(false).setMaster("spark://master:7077")))
        .isEqualTo("6 5g");
    assertThat(share("hourly-summary", new SparkConf(false).setMaster("yarn"))).isEqualTo("3 4g");
  }

  @Test
  void whatAnOperatorHasSetCounts() {
    SparkConf conf =
        new SparkConf(false).setMaster("spark://master:7077").set("spark.cores.max", "16");
    assertThat(share("stream", conf)).isEqualTo("16 5g");
  }

  @Test
  void onThisMachineAloneThereIsNothingToShare() {
    assertThat(share("stream", new SparkConf(false).setMaster("local[2,4]")))
        .isEqualTo("all Spark's");
  }
}
