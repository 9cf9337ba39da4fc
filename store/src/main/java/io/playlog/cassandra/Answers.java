package io.playlog.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
import io.playlog.error.PlaylogException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Explains Cassandra's answers to requests that are errors: what it says, which setting it is
 * about, and what to do. That no session can be opened is {@link Unreachable}'s to explain.
 */
public final class Answers {
  private static final Pattern NO_PERMISSION =
      Pattern.compile("User (\\S+) has no (\\w+) permission on <([^>]+)> or any of its parents.*");
  private static final Pattern NO_TABLE =
      Pattern.compile(
          "(?i).*(unconfigured table|table \\S+ does not exist|keyspace \\S+ does not exist|undefined column).*");

  private Answers() {}

  /**
   * The explanation of the first one in a chain of causes that is the driver's: whoever waits for
   * an answer may have wrapped it, and so may Spark.
   */
  public static Optional<PlaylogException> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(DriverException.class::isInstance)
        .map(Answers::explain)
        .findFirst();
  }

  /**
   * Without the driver's exception as its cause, which cannot always be sent from a task to the
   * driver.
   *
   * @param failure of a request, not of opening a session
   */
  static PlaylogException explain(Throwable failure) {
    Throwable answer = answer(failure);
    String words = Failures.words(answer);
    if (answer instanceof UnauthorizedException) {
      return new PlaylogException(ErrorCode.CASSANDRA_PERMISSION, permission(words));
    }
    if (answer instanceof UnavailableException unavailable) {
      return new PlaylogException(
          ErrorCode.REPLICAS_UNAVAILABLE,
          "Cassandra has too few live replicas for the consistency level %s (playlog.cassandra.consistency): %d needed, %d alive. Start the nodes that are down; or, if the keyspace's replication asks for more nodes than the data centre has, or for none there, ALTER KEYSPACE … WITH replication."
              .formatted(
                  unavailable.getConsistencyLevel(),
                  unavailable.getRequired(),
                  unavailable.getAlive()));
    }
    if (answer instanceof ReadTimeoutException
        || answer instanceof WriteTimeoutException
        || answer instanceof DriverTimeoutException) {
      return new PlaylogException(
          ErrorCode.CASSANDRA_TIMEOUT,
          "Cassandra did not answer a request in time: %s. It is overloaded, or a node is down that no longer counts as one: look at its log, then run this again."
              .formatted(words));
    }
    if (answer instanceof AllNodesFailedException) {
      return new PlaylogException(
          ErrorCode.CASSANDRA_UNREACHABLE,
          "The connection to Cassandra is lost: %s. Start it, or look at its log, then run this again."
              .formatted(words));
    }
    if (answer instanceof InvalidConfigurationInQueryException) {
      return new PlaylogException(
          ErrorCode.REPLICATION_REFUSED,
          "Cassandra refuses the keyspace: %s. Mend playlog.cassandra.replication, such as {'class': 'NetworkTopologyStrategy', 'dc1': 3} with your data centre's name."
              .formatted(words));
    }
    if (answer instanceof InvalidQueryException && NO_TABLE.matcher(words).matches()) {
      return new PlaylogException(
          ErrorCode.SCHEMA_DIFFERS,
          "A table is not as this version needs it: %s. Run scripts/create-schema.sh."
              .formatted(words));
    }
    return new PlaylogException(
        ErrorCode.CASSANDRA_REFUSED, "Cassandra refused a request: " + words);
  }

  /** The server's own answer, where one node gave one and the others were asked besides. */
  private static Throwable answer(Throwable failure) {
    Throwable found = failure;
    while (!(found instanceof DriverException) && found.getCause() != null) {
      found = found.getCause();
    }
    if (found instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream()
          .flatMap(List::stream)
          .filter(CoordinatorException.class::isInstance)
          .findFirst()
          .orElse(found);
    }
    return found;
  }

  private static String permission(String words) {
    Matcher found = NO_PERMISSION.matcher(words);
    String grant =
        found.matches()
            ? ", such as GRANT %s ON %s TO %s"
                .formatted(found.group(2), resource(found.group(3)), found.group(1))
            : "";
    return "Cassandra refuses a request: %s. Have the permission granted%s; docs/cluster.md lists what each job needs."
        .formatted(words, grant);
  }

  /** As GRANT takes it: {@code TABLE spotify.records}, {@code KEYSPACE spotify}. */
  private static String resource(String shown) {
    return shown.matches("(table|keyspace) .*")
        ? shown.substring(0, shown.indexOf(' ')).toUpperCase(Locale.ROOT)
            + shown.substring(shown.indexOf(' '))
        : shown.toUpperCase(Locale.ROOT);
  }
}
