package io.playlog.producer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.config.KafkaSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicDefinitionsTest {
  private static final KafkaSettings SETTINGS = SomeSettings.kafka(Map.of());

  @Test
  void listens() {
    NewTopic topic = TopicDefinitions.listens(SETTINGS);

    assertThat(topic.name()).isEqualTo("listens");
    assertThat(topic.numPartitions()).isEqualTo(4);
    assertThat(topic.replicationFactor()).isEqualTo((short) 1);
    assertThat(topic.configs())
        .containsOnly(
            Map.entry("cleanup.policy", "delete"),
            Map.entry("retention.ms", "604800000"),
            Map.entry("message.timestamp.type", "LogAppendTime"));
  }

  @Test
  void deadLettersHaveRoomForEveryMessage() {
    NewTopic topic = TopicDefinitions.deadLetters(SETTINGS, 1_000_000);

    assertThat(topic.name()).isEqualTo("listens.dead");
    assertThat(topic.configs())
        .containsOnly(
            Map.entry("cleanup.policy", "delete"),
            Map.entry("retention.ms", "2592000000"),
            Map.entry("message.timestamp.type", "LogAppendTime"),
            Map.entry("max.message.bytes", "2000000"));
  }

  @Test
  void deadLettersOfHugeMessagesStayWithinKafkasRange() {
    assertThat(TopicDefinitions.deadLetters(SETTINGS, Integer.MAX_VALUE).configs())
        .containsEntry("max.message.bytes", "2147483647");
  }

  @Test
  void refusesACompactedTopic() {
    assertThatThrownBy(() -> CompactedTopic.refuse("listens", withPolicy("compact,delete")))
        .isInstanceOf(KafkaNotReadyException.class)
        .hasMessage(
            "topic listens has cleanup.policy=compact,delete: compaction deletes messages of the"
                + " same key, that is of the same listener. Set its cleanup.policy to delete, or"
                + " configure another topic");
    assertThatCode(() -> CompactedTopic.refuse("listens", withPolicy("delete")))
        .doesNotThrowAnyException();
  }

  private static Config withPolicy(String policy) {
    return new Config(List.of(new ConfigEntry("cleanup.policy", policy)));
  }
}
