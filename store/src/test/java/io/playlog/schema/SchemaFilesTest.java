package io.playlog.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaFilesTest {
  private static final Path FOLDER = Path.of("../schema");

  static List<String> names() {
    return SchemaFiles.NAMES;
  }

  @Test
  void allFilesAreAppliedInOrder() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactlyElementsOf(SchemaFiles.NAMES);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFileHoldsOneStatementThatCanBeRepeated(String name) {
    String cql = SchemaFiles.statement(name, "some_keyspace", "{'class': 'X'}");
    assertThat(cql.replaceAll("(?m)^--.*$", ""))
        .contains("IF NOT EXISTS ", " some_keyspace")
        .doesNotContain("${")
        .containsOnlyOnce(" IF NOT EXISTS ")
        .matches("(?s)\\s*(CREATE|ALTER) .*")
        .endsWith(";\n");
  }

  @Test
  void tablesHaveComments() {
    assertThat(SchemaFiles.NAMES.stream().map(name -> SchemaFiles.statement(name, "k", "r")))
        .filteredOn(cql -> cql.contains("CREATE TABLE "))
        .hasSize(SchemaFiles.NAMES.size() - 1)
        .allSatisfy(cql -> assertThat(cql).contains("comment = '"));
  }
}
