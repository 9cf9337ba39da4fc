package io.playlog.jobs.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.jobs.JobException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ResenderTest {
  private static MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
    return new MockProducer<>(acknowledges, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void sendTwo(Resender resender) {
    resender.send(new ProducerRecord<>("listens", new byte[] {1}));
    resender.send(new ProducerRecord<>("listens", new byte[] {2}));
  }

  @Test
  void waitsForAll() {
    MockProducer<byte[], byte[]> kafka = kafka(true);
    try (Resender resender = new Resender(kafka)) {
      sendTwo(resender);
      assertThatCode(() -> resender.await(2)).doesNotThrowAnyException();
    }
    assertThat(kafka.history()).hasSize(2);
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void failsIfOneIsNotAcknowledged() {
    MockProducer<byte[], byte[]> kafka = kafka(false);
    try (Resender resender = new Resender(kafka)) {
      sendTwo(resender);
      kafka.errorNext(new RecordTooLargeException("too large"));
      assertThatThrownBy(() -> resender.await(2))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith("1 of 2 dead letters were not acknowledged by the source topic")
          .hasMessageContaining("RecordTooLargeException: too large");
    }
  }
}
