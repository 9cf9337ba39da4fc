package io.playlog.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicaGroupsTest {
  private static final List<String> KEYS =
      IntStream.range(0, 47).mapToObj(i -> (i % 2 == 0 ? "a" : "b") + i).toList();

  @Test
  void groupsHoldTenKeysOfTheSameNodesAndAllKeysAreInOne() {
    ReplicaGroups groups = new ReplicaGroups(key -> key.charAt(0));
    List<List<String>> full = new ArrayList<>();
    for (String key : KEYS) {
      full.add(groups.add(key));
    }
    full.removeIf(List::isEmpty);
    assertThat(full).hasSize(4).allSatisfy(group -> assertThat(group).hasSize(10));
    assertThat(groups.rest()).extracting(List::size).containsExactlyInAnyOrder(4, 3);
    List<List<String>> all = new ArrayList<>(full);
    all.addAll(groups.rest());
    assertThat(all)
        .allSatisfy(
            group -> assertThat(group.stream().map(key -> key.charAt(0)).distinct()).hasSize(1));
    assertThat(all.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(KEYS);
  }
}
