package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final Answers answers =
      new Answers(
          KafkaClientsTest.settings("127.0.0.1:1", Map.of()), "listens", Duration.ofMinutes(1));

  private static KafkaFuture<String> error(Exception error) {
    KafkaFutureImpl<String> answer = new KafkaFutureImpl<>();
    answer.completeExceptionally(error);
    return answer;
  }

  private void explained(Exception error, ErrorCode code, int exitCode, String message) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> answers.get(AclOperation.DESCRIBE, error(error)))
        .withMessage(message)
        .satisfies(
            thrown -> {
              assertThat(thrown.code()).isEqualTo(code);
              assertThat(thrown.code().exitCode().code()).isEqualTo(exitCode);
            });
  }

  @Test
  void errorsSayWhatToDo() {
    explained(
        new UnknownTopicOrPartitionException("none"),
        ErrorCode.TOPIC_MISSING,
        5,
        "Kafka at 127.0.0.1:1 has no topic listens: create it with scripts/run-producer.sh"
            + " create-topics");
    explained(
        new TimeoutException("Timed out."),
        ErrorCode.KAFKA_UNREACHABLE,
        8,
        "No Kafka broker answers at 127.0.0.1:1: start it (scripts/start-all.sh starts a local"
            + " one), or set playlog.kafka.bootstrap-servers or PLAYLOG_KAFKA to yours. Found:"
            + " 127.0.0.1:1 cannot be reached (Connection refused) (Timed out.)");
    explained(
        new TopicAuthorizationException("Not authorized."),
        ErrorCode.KAFKA_PERMISSION,
        5,
        "Kafka at 127.0.0.1:1 refuses Describe on the topic listens. Have it granted, such as"
            + " kafka-acls.sh --add --allow-principal User:… --operation Describe --topic listens;"
            + " docs/cluster.md lists what each job needs.");
    explained(
        new InvalidTopicException("Bad name."),
        ErrorCode.KAFKA_REFUSED,
        1,
        "Kafka at 127.0.0.1:1 refuses a request about topic listens:"
            + " org.apache.kafka.common.errors.InvalidTopicException: Bad name.");
  }

  @Test
  void anErrorThatIsExpectedIsAnAnswerToo() {
    assertThat(
            answers.unless(
                TopicExistsException.class,
                AclOperation.CREATE,
                KafkaFuture.completedFuture("made")))
        .isTrue();
    assertThat(
            answers.unless(
                TopicExistsException.class,
                AclOperation.CREATE,
                error(new TopicExistsException("is"))))
        .isFalse();
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () ->
                answers.unless(
                    TopicExistsException.class,
                    AclOperation.CREATE,
                    error(new TimeoutException("late"))));
  }

  /** A client of Kafka before 3.7 waits for the leader that was when the question began. */
  @Test
  void aQuestionIsAskedAnewWhenItsTimeIsOver() {
    Queue<KafkaFuture<String>> given =
        new ArrayDeque<>(
            List.of(
                error(new TimeoutException("late")),
                error(new TimeoutException("late")),
                KafkaFuture.completedFuture("here")));
    String answer = answers.ask(AclOperation.DESCRIBE, given::remove);
    assertThat(answer).isEqualTo("here");
  }

  @Test
  void anErrorIsNoReasonToAskAnew() {
    Queue<KafkaFuture<String>> given =
        new ArrayDeque<>(List.of(error(new TopicAuthorizationException("Not authorized."))));
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> answers.ask(AclOperation.DESCRIBE, given::remove));
  }

  @Test
  void withoutPatienceAQuestionIsAskedOnce() {
    Answers once = new Answers(answers.settings(), "listens", Duration.ofMillis(900));
    Queue<KafkaFuture<String>> given = new ArrayDeque<>(List.of(error(new TimeoutException("."))));
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> once.ask(AclOperation.DESCRIBE, given::remove))
        .satisfies(thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.KAFKA_UNREACHABLE));
  }
}
