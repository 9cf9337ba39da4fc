package io.playlog.web.page;

import io.playlog.names.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * Listeners whose names begin with a text.
 *
 * @param query the text, in the form in which names are stored; empty if nobody is looked for
 * @param names the one who is named exactly so first
 * @param next the name after which the next page begins; null after the last
 */
public record ListenersPage(String query, List<String> names, String next) {
  private static final int NAMES = 50;

  /** How many names to look for: one may be left out, and one tells whether there are more. */
  public static final int LOOKED_FOR = NAMES + 2;

  /** Nobody is looked for. */
  public static final ListenersPage EMPTY = new ListenersPage("", List.of(), null);

  /**
   * @param after the name before the first one; empty on the first page
   * @param found names that begin so, {@link #LOOKED_FOR} at most
   * @param isName whether a listener is named exactly so
   */
  public static ListenersPage of(String query, String after, List<String> found, boolean isName) {
    List<String> names = new ArrayList<>();
    if (isName && after.isEmpty()) {
      names.add(query);
    }
    // Who is named exactly so stands on the first page, wherever else the order would have it.
    List<String> others = found.stream().filter(name -> !name.equals(query)).toList();
    int room = NAMES - names.size();
    names.addAll(others.subList(0, Math.min(room, others.size())));
    return new ListenersPage(query, names, others.size() > room ? others.get(room - 1) : null);
  }

  public boolean isSearch() {
    return !Names.isBlank(query);
  }

  public String nextPath() {
    return "/listeners?q=" + Format.encode(query) + "&after=" + Format.encode(next);
  }
}
