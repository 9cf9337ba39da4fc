package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          ~,       /home/ada, /root,     /home/ada
          ~/x y,   /home/ada, /root,     /home/ada/x y
          ~/x,     -,         /root,     /root/x
          ~/x,     '',        /root,     /root/x
          ~/x,     -,         ?,         -
          ~/x,     relative,  /root,     -
          ~bob/x,  /home/ada, /root,     -
          ~x,      /home/ada, /root,     -
          a/~/x,   /home/ada, /root,     a/~/x
          /x~,     -,         ?,         /x~
          """)
  void expanded(String path, String variable, String user, String expected) {
    assertThat(Home.expand(path, variable, user).orElse(null)).isEqualTo(expected);
  }
}
