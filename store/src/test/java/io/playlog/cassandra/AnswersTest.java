package io.playlog.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads when Cassandra refuses something: one line, with what to do. */
class AnswersTest {
  private static final Node NODE =
      (Node)
          Proxy.newProxyInstance(
              AnswersTest.class.getClassLoader(),
              new Class<?>[] {Node.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "toString" -> "node";
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                  });

  private static final UnauthorizedException NO_MODIFY =
      new UnauthorizedException(
          NODE,
          "User app has no MODIFY permission on <table spotify.records> or any of its parents");

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            NO_MODIFY,
            ErrorCode.CASSANDRA_PERMISSION,
            "User app has no MODIFY permission on <table spotify.records> or any of its parents. Have the permission granted, such as GRANT MODIFY ON TABLE spotify.records TO app; docs/cluster.md"),
        Arguments.of(
            new UnauthorizedException(
                NODE, "User app has no CREATE permission on <all keyspaces> or any of its parents"),
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT CREATE ON ALL KEYSPACES TO app"),
        Arguments.of(
            new UnauthorizedException(NODE, "system keyspace is not user-modifiable."),
            ErrorCode.CASSANDRA_PERMISSION,
            "system keyspace is not user-modifiable. Have the permission granted; docs/cluster.md"),
        Arguments.of(
            new UnavailableException(NODE, DefaultConsistencyLevel.LOCAL_QUORUM, 2, 1),
            ErrorCode.REPLICAS_UNAVAILABLE,
            "LOCAL_QUORUM (playlog.cassandra.consistency): 2 needed, 1 alive."),
        Arguments.of(
            new ReadTimeoutException(NODE, DefaultConsistencyLevel.ONE, 0, 1, false),
            ErrorCode.CASSANDRA_TIMEOUT,
            "did not answer a request in time: Cassandra timeout during read query at consistency ONE"),
        Arguments.of(
            new WriteTimeoutException(
                NODE, DefaultConsistencyLevel.ONE, 0, 1, DefaultWriteType.SIMPLE),
            ErrorCode.CASSANDRA_TIMEOUT,
            "timeout during SIMPLE write"),
        Arguments.of(
            new DriverTimeoutException("Query timed out after PT2M"),
            ErrorCode.CASSANDRA_TIMEOUT,
            "Query timed out after PT2M. It is overloaded"),
        Arguments.of(
            new InvalidConfigurationInQueryException(
                NODE, "Unable to find replication strategy class 'org.x.Simple'"),
            ErrorCode.REPLICATION_REFUSED,
            "class 'org.x.Simple'. Mend playlog.cassandra.replication"),
        Arguments.of(
            new InvalidQueryException(NODE, "table records does not exist"),
            ErrorCode.SCHEMA_DIFFERS,
            "table records does not exist. Run scripts/create-schema.sh."),
        Arguments.of(
            new InvalidQueryException(NODE, "Keyspace 'spotify' does not exist"),
            ErrorCode.SCHEMA_DIFFERS,
            "Run scripts/create-schema.sh."),
        Arguments.of(
            new InvalidQueryException(NODE, "Key length of 70000 is longer than maximum of 65535"),
            ErrorCode.CASSANDRA_REFUSED,
            "Cassandra refused a request: Key length of 70000"),
        Arguments.of(
            new SyntaxError(NODE, "line 1:0 no viable alternative\n at input 'IF'"),
            ErrorCode.CASSANDRA_REFUSED,
            "no viable alternative at input 'IF'"),
        Arguments.of(
            new OverloadedException(NODE), ErrorCode.CASSANDRA_REFUSED, "refused a request: "),
        Arguments.of(
            new NoNodeAvailableException(),
            ErrorCode.CASSANDRA_UNREACHABLE,
            "The connection to Cassandra is lost: No node was available"),
        Arguments.of(
            allNodes(new ConnectException("Connection refused: /127.0.0.1:9042")),
            ErrorCode.CASSANDRA_UNREACHABLE,
            "The connection to Cassandra is lost"),
        Arguments.of(
            allNodes(new ConnectException("no"), NO_MODIFY),
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT MODIFY ON TABLE spotify.records TO app"));
  }

  private static AllNodesFailedException allNodes(Throwable... errors) {
    return AllNodesFailedException.fromErrors(
        Stream.of(errors).map(error -> Map.entry(NODE, error)).toList());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void explained(RuntimeException answer, ErrorCode code, String says) throws IOException {
    PlaylogException explained = Answers.explain(new CompletionException(answer));

    assertThat(explained.code()).isEqualTo(code);
    assertThat(explained).hasMessageContaining(says);
    assertThat(explained.getMessage()).doesNotContain("\n");
    // From a task of an executor to the driver.
    new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(explained);
  }

  @Test
  void foundWhoeverHasWrappedIt() {
    Throwable wrapped =
        new IllegalStateException("Job aborted", new CompletionException(NO_MODIFY));

    assertThat(Answers.in(wrapped))
        .hasValueSatisfying(
            explained -> assertThat(explained.code()).isEqualTo(ErrorCode.CASSANDRA_PERMISSION));
    assertThat(Answers.in(new IllegalStateException("Job aborted", new ArithmeticException())))
        .isEmpty();
  }

  @Test
  void theFirstFailureOfRequestsUnderWayIsExplained() throws InterruptedException {
    InFlight inFlight = new InFlight(1);
    inFlight.start(1, () -> CompletableFuture.failedFuture(NO_MODIFY));

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(inFlight::await)
        .withMessageContaining("GRANT MODIFY");
  }
}
