package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.deadletters.DeadLetterWriter;
import io.playlog.jobs.kafka.Message;
import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A client with a bad message a second must not fill the brokers' memory with producer ids. */
class DeadLetterProducersIT {
  private static final String NAME = "producerids";

  /** More of them show nothing else: playlog.it.batches = 100000 takes some minutes. */
  private static final int BATCHES = Integer.getInteger("playlog.it.batches", 2_000);

  @Test
  void allBatchesOfAJvmHaveOneProducer() throws Exception {
    LocalServers servers = LocalServers.shared();
    Path configFile = servers.configFile(NAME, Map.of());
    PlaylogConfig config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    byte[] value = "no listen".getBytes(StandardCharsets.UTF_8);
    for (int batch = 0; batch < BATCHES; batch++) {
      DeadLetterWriter task = new DeadLetterWriter(config.kafka());
      task.send(new Message(null, value, 0, batch, 0, List.of()), RejectReason.NOT_JSON);
      task.await();
    }

    assertThat(Topics.readAll(config.kafka().bootstrapServers(), config.kafka().deadLetterTopic()))
        .hasSize(BATCHES);
    assertThat(producerIds(config)).hasSize(1);
  }

  private static List<Long> producerIds(PlaylogConfig config) throws Exception {
    List<TopicPartition> partitions =
        IntStream.range(0, config.kafka().partitions())
            .mapToObj(number -> new TopicPartition(config.kafka().deadLetterTopic(), number))
            .toList();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      return admin.describeProducers(partitions).all().get().values().stream()
          .flatMap(state -> state.activeProducers().stream())
          .map(ProducerState::producerId)
          .distinct()
          .toList();
    }
  }
}
