package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedNamesTest {
  @Test
  void findsNamesThatAreFoldedAlike() {
    FoldedNames names = new FoldedNames(List.of("Quiet Sparrows", "Don’t Look Back", "Straße"));

    assertThat(names.find("QUIET  sparrows ")).isEqualTo("Quiet Sparrows");
    assertThat(names.find("don't look back")).isEqualTo("Don’t Look Back");
    assertThat(names.find("STRASSE")).isEqualTo("Straße");
    assertThat(names.find("Straße")).isEqualTo("Straße");
    assertThat(names.find("Strasze")).isNull();
  }

  @Test
  void theFirstOfThoseFoldedAlikeIsFound() {
    assertThat(new FoldedNames(List.of("ONE", "One", "one")).find("oNE")).isEqualTo("ONE");
    assertThat(new FoldedNames(List.of("one", "One", "ONE")).find("oNE")).isEqualTo("one");
  }

  @Test
  void namesWithTheSameHashAreToldApart() {
    assertThat("az").hasSameHashCodeAs("b[");
    FoldedNames names = new FoldedNames(List.of("Az", "B["));

    assertThat(names.find("AZ")).isEqualTo("Az");
    assertThat(names.find("b[")).isEqualTo("B[");
    assertThat(new FoldedNames(List.of("Az")).find("b[")).isNull();
  }

  @Test
  void ofNoNamesNoneIsFound() {
    assertThat(new FoldedNames(List.of()).find("One")).isNull();
  }
}
