package io.playlog.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenersPageTest {
  /** As the table has them: by the folded name first. */
  private static List<String> names(int count) {
    List<String> names = new ArrayList<>(List.of("ADA", "Ada", "ada"));
    IntStream.range(names.size(), count).forEach(i -> names.add("Ada %03d".formatted(i)));
    return names;
  }

  private static List<String> after(List<String> names, String after) {
    int first = names.indexOf(after) + 1;
    return names.subList(first, Math.min(first + ListenersPage.LOOKED_FOR, names.size()));
  }

  private static List<List<String>> allPages(String query, List<String> names) {
    List<List<String>> pages = new ArrayList<>();
    String next = "";
    while (next != null) {
      ListenersPage page = ListenersPage.of(query, next, after(names, next), names.contains(query));
      pages.add(page.names());
      next = page.next();
    }
    return pages;
  }

  @Test
  void whoIsNamedExactlySoComesFirst() {
    assertThat(allPages("ada", names(4))).containsExactly(List.of("ada", "ADA", "Ada", "Ada 003"));
    assertThat(allPages("aDA", names(4))).containsExactly(List.of("ADA", "Ada", "ada", "Ada 003"));
  }

  @Test
  void pagesHoldEachNameOnceAndFiftyAtMost() {
    for (int count : new int[] {3, 49, 50, 51, 52, 53, 99, 100, 101, 102, 250}) {
      for (String query : List.of("ada", "Ad", "Ada 051")) {
        List<List<String>> pages = allPages(query, names(count));
        assertThat(pages.stream().flatMap(List::stream))
            .as("%s of %d", query, count)
            .containsExactlyInAnyOrderElementsOf(names(count));
        assertThat(pages.subList(0, pages.size() - 1))
            .allSatisfy(page -> assertThat(page).hasSize(50));
        assertThat(pages.get(pages.size() - 1)).hasSizeBetween(1, 50);
      }
    }
  }

  @Test
  void nobodyIsFoundWithoutAName() {
    assertThat(ListenersPage.of("Ada", "", List.of(), false).names()).isEmpty();
    assertThat(ListenersPage.EMPTY.isSearch()).isFalse();
  }

  @Test
  void anAddressMayHaveAnyName() {
    assertThat(new ListenersPage("a&b", List.of(), "a&b #1").nextPath())
        .isEqualTo("/listeners?q=a%26b&after=a%26b%20%231");
  }
}
