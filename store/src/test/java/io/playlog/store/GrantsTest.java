package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void areThoseOfTheFiles() {
    assertThat(Grants.of("skip-unreadable"))
        .isEqualTo(new Grants(Set.of("skipped_offsets"), Set.of("skipped_offsets")));
    assertThat(Grants.of("audit").select()).contains("records").doesNotContain("listeners");
  }

  @Test
  void aPartOfTheWorkNeedsItsOwn() {
    assertThat(Grants.of("audit").modify()).isEmpty();
    assertThat(Grants.of(Role.AUDIT, "repair").modify()).contains("records", "hour_marks");
    assertThat(Grants.of(Role.AUDIT, "repair").select()).isEmpty();
  }

  @Test
  void aJobThatIsNotListedNeedsNone() {
    assertThat(Grants.of("schema")).isEqualTo(new Grants(Set.of(), Set.of()));
  }
}
