package io.playlog.producer.songs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "1, 1.0",
    "0.75, 0.75",
    "0.75149, 0.751",
    "0.0001, 0.0001",
    "0.0000850, 8.5e-05",
    "0.000099996, 0.0001",
    "0.00000219, 2.19e-06"
  })
  void keepsThreeSignificantDigits(double value, String text) {
    assertThat(Features.significant(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"-4.3721, -4.372", "-0.0001, 0.0", "120, 120.0", "119.5, 119.5"})
  void keepsThreeDecimals(double value, String text) {
    assertThat(Features.thousandths(value)).isEqualTo(text);
  }
}
