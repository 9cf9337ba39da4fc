package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| (.*?(?:SELECT|MODIFY).*?) \\|.*");
  private static final Pattern TABLE = Pattern.compile("`([a-z_]+)`");

  /** What an operator grants is what is tried. */
  @Test
  void areThoseThatTheDocumentsList() throws IOException {
    Map<String, Grants> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/cluster.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String[] parts = row.group(2).split("with `--repair` ");
        documented.put(row.group(1), grants(parts[0]));
        if (parts.length > 1) {
          documented.put(row.group(1) + " --repair", grants(parts[1]));
        }
      }
    }
    assertThat(documented).isEqualTo(Grants.OF_JOBS);
  }

  private static Grants grants(String text) {
    Set<String> select = new TreeSet<>();
    Set<String> modify = new TreeSet<>();
    Arrays.stream(text.split(";"))
        .forEach(
            part -> {
              Matcher table = TABLE.matcher(part);
              while (table.find()) {
                if (part.contains("SELECT")) {
                  select.add(table.group(1));
                }
                if (part.contains("MODIFY")) {
                  modify.add(table.group(1));
                }
              }
            });
    return new Grants(select, modify);
  }

  @Test
  void aJobThatIsNotListedNeedsNone() {
    assertThat(Grants.of("schema")).isEqualTo(new Grants(Set.of(), Set.of()));
  }
}
