package io.playlog.store;

import static java.util.stream.Collectors.groupingBy;

import io.playlog.kafka.Origin;
import io.playlog.listen.Listen;
import io.playlog.store.Forgotten.Mark;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;

/**
 * Tells which messages of a topic hold listens that are forgotten. Travels to the executors with
 * every micro-batch; nearly always nobody is forgotten, and nothing is looked up.
 */
public final class ForgottenListens implements Serializable {
  public static final ForgottenListens NONE = new ForgottenListens("", List.of());

  private final String topicId;
  private final HashMap<String, List<Mark>> byName;

  private ForgottenListens(String topicId, List<Mark> marks) {
    this.topicId = topicId;
    this.byName = new HashMap<>(marks.stream().collect(groupingBy(Mark::name)));
  }

  /**
   * @param topicId of the topic whose messages will be judged
   * @param marks of all topics of its name
   */
  public static ForgottenListens of(String topicId, List<Mark> marks) {
    return marks.isEmpty() ? NONE : new ForgottenListens(topicId, marks);
  }

  /** Whether anything of a listener is forgotten; to be asked before an origin is looked for. */
  public boolean knows(String name) {
    return !byName.isEmpty() && byName.containsKey(name);
  }

  /**
   * Whether a listen was sent before a mark that covers it. A mark's offsets are those of one
   * topic, and mean nothing in another that was created under its name. A replayed dead letter does
   * not say in which of these topics it stood first, so a mark of any of them holds for it.
   */
  public boolean holds(Listen listen, Origin origin) {
    for (Mark mark : byName.getOrDefault(listen.name(), List.of())) {
      if (origin.offset() < mark.before().of(origin.partition())
          && (origin.replayed() || mark.topicId().equals(topicId))
          && mark.covers(listen)) {
        return true;
      }
    }
    return false;
  }
}
