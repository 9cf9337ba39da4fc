package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedNamesTest {
  @Test
  void findsNamesThatAreFoldedAlike() {
    FoldedNames names = new FoldedNames(List.of("Quiet Sparrows", "Don’t Look Back", "Straße"));

    assertThat(names.find("QUIET  sparrows ")).containsExactly("Quiet Sparrows");
    assertThat(names.find("don't look back")).containsExactly("Don’t Look Back");
    assertThat(names.find("STRASSE")).containsExactly("Straße");
    assertThat(names.find("Straße")).containsExactly("Straße");
    assertThat(names.find("Strasze")).isEmpty();
  }

  @Test
  void thoseFoldedAlikeAreFoundInTheirOrder() {
    assertThat(new FoldedNames(List.of("ONE", "Two", "One", "one")).find("oNE"))
        .containsExactly("ONE", "One", "one");
    assertThat(new FoldedNames(List.of("one", "One", "ONE")).find("oNE"))
        .containsExactly("one", "One", "ONE");
  }

  @Test
  void namesWithTheSameHashAreToldApart() {
    assertThat("az").hasSameHashCodeAs("b[");
    FoldedNames names = new FoldedNames(List.of("Az", "B["));

    assertThat(names.find("AZ")).containsExactly("Az");
    assertThat(names.find("b[")).containsExactly("B[");
    assertThat(new FoldedNames(List.of("Az")).find("b[")).isEmpty();
  }

  @Test
  void ofNoNamesNoneIsFound() {
    assertThat(new FoldedNames(List.of()).find("One")).isEmpty();
  }
}
