package io.playlog.jobs.schema;

import static org.assertj.core.api.Assertions.assertThat;

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
}
