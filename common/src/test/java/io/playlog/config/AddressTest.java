package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @Test
  void namesAndAddressesOfBothKinds() {
    assertThat(
            Address.list(
                "node1, node-2.example:9043,10.0.0.1:1,[::1]:65535,[2001:db8::7],[fe80::1%eth0]:2,[::ffff:10.0.0.1]"))
        .hasValueSatisfying(
            found ->
                assertThat(found)
                    .containsExactly(
                        new Address("node1", OptionalInt.empty()),
                        new Address("node-2.example", OptionalInt.of(9043)),
                        new Address("10.0.0.1", OptionalInt.of(1)),
                        new Address("::1", OptionalInt.of(65_535)),
                        new Address("2001:db8::7", OptionalInt.empty()),
                        new Address("fe80::1%eth0", OptionalInt.of(2)),
                        new Address("::ffff:10.0.0.1", OptionalInt.empty())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a,",
        "a b",
        "a:",
        "a:x",
        "a:0",
        "a:65536",
        "a:1:2",
        "::1",
        "2001:db8::7:9042",
        "[::1",
        "::1]",
        "[]",
        "[a]",
        "[1234]",
        "[1.2.3.4]",
        "[::1]9042",
        "[::1]:",
        "[1::2::3]",
        "[::12345]",
        "[::1%]"
      })
  void isNone(String written) {
    assertThat(Address.haveHosts(written)).isFalse();
  }

  @Test
  void portsMayBeNeeded() {
    assertThat(Address.haveHostsAndPorts("[::1]:9092,a:1")).isTrue();
    assertThat(Address.haveHostsAndPorts("[::1]:9092,a")).isFalse();
  }
}
