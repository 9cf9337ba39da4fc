package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As people write it, as the documentation of Cassandra does, and as DESCRIBE prints it. */
class CqlMapTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'class': 'SimpleStrategy', 'replication_factor': 1} | =
          {'class':'SimpleStrategy','replication_factor':1}         | {'class': 'SimpleStrategy', 'replication_factor': 1}
          `  { 'class' : 'S' , 'dc-1' : '3' }  `                    | {'class': 'S', 'dc-1': '3'}
          {'datacenter1': '1', 'class': 'org.apache.cassandra.locator.NetworkTopologyStrategy'} | =
          `{\t'class'\t:\t'S',\t'dc1': 3}`                          | {'class': 'S', 'dc1': 3}
          {'class': 'S', 'it''s': '3/1'} | =
          {$$class$$: $$it's$$} | =
          {'class': 'S', 'a': -1.5, 'b': true, 'c': FALSE} | =
          {'class': 'S, } : {', '}': ' spaced '} | =
          {/* by DESCRIBE */'class': 'S' /**/, /* a, 'b' */ 'dc1': 3}   | {'class': 'S', 'dc1': 3}
          {'class': '-- S', '/*': '*/'} | =
          """)
  void isKeptInOneLine(String written, String expected) {
    assertThat(CqlMap.parse(written)).hasValue(expected.equals("=") ? written : expected);
  }

  @Test
  void mayHaveLineEnds() {
    assertThat(CqlMap.parse("{\n  'class': 'S',\r\n  'dc1': 3\n}\n"))
        .hasValue("{'class': 'S', 'dc1': 3}");
    assertThat(CqlMap.parse("{ // one node\n  'class': 'S', -- 'dc2': 1\n  'dc1': 3\n}"))
        .hasValue("{'class': 'S', 'dc1': 3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "{}",
        "SimpleStrategy",
        "'class': 'S'",
        "{'class': 'S'",
        "{'class': 'S',}",
        "{'class': 'S'}}",
        "{'class': 'S'}; DROP KEYSPACE spotify",
        "{'class': 'S'} AND durable_writes = false",
        "{'class' 'S'}",
        "{'class': S}",
        "{class: 'S'}",
        "{\"class\": \"S\"}",
        "{'class': 'S, 'dc1': 3}",
        "{'class': 'it's'}",
        "{'dc1': 3}",
        "{'class': 'S' -- }",
        "{'class': 'S' /* }",
        "{'Class': 'S'}",
        "{'class': {'S': 1}}",
        "['class', 'S']",
        "[{'class': 'S'}]"
      })
  void isNone(String written) {
    assertThat(CqlMap.parse(written)).isEmpty();
  }

  @Test
  void aLongTextIsNoTrouble() {
    String text = "x''".repeat(100_000);
    assertThat(CqlMap.parse("{'class': '" + text + "'}")).isPresent();
    assertThat(CqlMap.parse("{'class': '" + text)).isEmpty();
  }

  @Test
  void isMadeOfEntries() {
    assertThat(CqlMap.of(Map.of("dc1", "3", "class", "it's")))
        .isEqualTo("{'class': 'it''s', 'dc1': '3'}");
    assertThat(CqlMap.of(Map.of("'dc1'", "3", "'class'", "'it''s'")))
        .isEqualTo("{'class': 'it''s', 'dc1': '3'}");
  }
}
