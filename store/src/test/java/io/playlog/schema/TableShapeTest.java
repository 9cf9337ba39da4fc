package io.playlog.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableShapeTest {
  private static final TableShape NEEDED =
      new TableShape("records", Map.of("name", "text", "energy", "float"), "((name))");

  @Test
  void moreColumnsDoNoHarm() {
    TableShape found =
        new TableShape(
            "records", Map.of("name", "text", "energy", "float", "note", "text"), "((name))");
    assertThat(NEEDED.lackingIn(found)).isEmpty();
  }

  @Test
  void differencesAreNamed() {
    TableShape found = new TableShape("records", Map.of("energy", "double"), "((name), energy)");
    assertThat(NEEDED.lackingIn(found))
        .containsExactlyInAnyOrder(
            "records: found the primary key ((name), energy), expected ((name))",
            "records.name: found no column, expected text",
            "records.energy: found double, expected float");
  }

  @Test
  void isReadFromTheStatements() {
    TableShape read =
        TableShape.ofStatements(
                List.of(
                    "-- the keyspace, first\nCREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH x = 1;",
                    "-- said; of it\nCREATE TABLE IF NOT EXISTS ${keyspace}.runs (\n  day date,\n"
                        + "  hour timestamp, -- half open\n  covered frozen<map<text, bigint>>,\n"
                        + "  PRIMARY KEY ((day), hour)\n) WITH CLUSTERING ORDER BY (hour DESC)\n"
                        + "  AND comment = 'it''s (here), all';\n",
                    "ALTER TABLE ${keyspace}.runs ADD IF NOT EXISTS note text;\n"))
            .get(0);

    assertThat(read)
        .isEqualTo(
            new TableShape(
                "runs",
                Map.of(
                    "day", "date",
                    "hour", "timestamp",
                    "covered", "frozen<map<text, bigint>>",
                    "note", "text"),
                "((day), hour)"));
  }

  @Test
  void aStatementThatItCannotReadIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TableShape.ofStatements(List.of("DROP TABLE ${keyspace}.runs;")))
        .withMessageContaining("DROP TABLE");
  }
}
