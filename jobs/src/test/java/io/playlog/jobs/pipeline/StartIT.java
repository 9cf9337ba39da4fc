package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the stream needs is checked before it starts, and the message says what to do. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartIT {
  private static final String NAME = "startchecks";
  private static final String LETTERS = NAME + ".dead-letters";

  private final LocalServers servers = LocalServers.shared();

  private Path configFile() throws Exception {
    return servers.configFile(NAME, Map.of());
  }

  private void assertRefused(String... says) throws Exception {
    PlaylogConfig config = PlaylogConfig.load(configFile());
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> StreamRun.start(config).close())
        .satisfies(refusal -> assertThat(refusal.code().exitCode()).isEqualTo(ExitCode.NOT_SET_UP))
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(says));
  }

  private void alter(String topic, String setting, String value) throws Exception {
    String bootstrapServers = servers.config().kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Topics.alter(admin, topic, setting, value);
    }
  }

  @Test
  @Order(1)
  void withoutItsTopic() throws Exception {
    assertRefused("has no topic startchecks: create it with scripts/run-producer.sh create-topics");
  }

  @Test
  @Order(2)
  void withoutItsTables() throws Exception {
    servers.runProducer(configFile(), "create-topics");
    assertRefused("startchecks", "scripts/create-schema.sh");
  }

  @Test
  @Order(3)
  void withATopicThatIsCompacted() throws Exception {
    JobRun.output(configFile(), "schema");
    alter(NAME, "cleanup.policy", "compact");
    assertRefused("Topic startchecks", "has cleanup.policy=compact, expected delete");
    alter(NAME, "cleanup.policy", "delete");
  }

  @Test
  @Order(4)
  void withDeadLettersThatMayNotFit() throws Exception {
    alter(LETTERS, "max.message.bytes", "1048588");
    assertRefused(
        "Topic startchecks.dead-letters has max.message.bytes=1048588, expected at least",
        "--topic startchecks.dead-letters --add-config max.message.bytes=2097176");
  }
}
