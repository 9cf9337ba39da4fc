package io.playlog.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
import io.playlog.error.PlaylogException;
import io.playlog.net.TlsFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * Explains why no session with Cassandra could be opened, by what happened at the contact points.
 *
 * @param contactPoints as they are set
 * @param setting by which, under {@code playlog.cassandra}
 */
public record Unreachable(String contactPoints, String setting) {

  public PlaylogException explain(Throwable failure) {
    List<Throwable> found = all(failure);
    PlaylogException explained =
        found.stream()
            .filter(PlaylogException.class::isInstance)
            .map(PlaylogException.class::cast)
            .findFirst()
            .orElse(null);
    if (explained != null) {
      return explained;
    }
    Throwable login = first(found, AuthenticationException.class::isInstance);
    if (login == null) {
      // Its role may not log in, or is of a data centre or network that may not.
      login = first(found, UnauthorizedException.class::isInstance);
    }
    if (login != null) {
      return new PlaylogException(
          ErrorCode.CASSANDRA_LOGIN,
          "Cassandra at %s does not let us in: %s. Set spark.cassandra.auth.username and spark.cassandra.auth.password in playlog.cassandra.spark."
              .formatted(contactPoints, Failures.words(login)));
    }
    if (first(found, AllNodesFailedException.class::isInstance) == null) {
      return new PlaylogException(
          ErrorCode.BAD_SETTINGS,
          "Cassandra's client refuses the settings under playlog.cassandra: "
              + Failures.words(Failures.root(failure)));
    }
    return new PlaylogException(
        ErrorCode.CASSANDRA_UNREACHABLE,
        "No Cassandra answers at %s (playlog.cassandra.%s): %s"
            .formatted(contactPoints, setting, reason(found)));
  }

  private static String reason(List<Throwable> found) {
    Throwable host = first(found, UnknownHostException.class::isInstance);
    if (host != null) {
      return "the name " + host.getMessage() + " cannot be resolved. Mend the name, or DNS.";
    }
    Throwable tls = first(found, SSLException.class::isInstance);
    if (tls != null) {
      return tls.toString().contains("NotSslRecord")
          ? "the server there speaks no TLS. Set spark.cassandra.connection.ssl.enabled = false in playlog.cassandra.spark, or name a port that has TLS."
          : wordsOfTls(tls);
    }
    Throwable refused = first(found, ConnectException.class::isInstance);
    if (refused != null) {
      return Failures.words(refused)
          + ". Start it (scripts/start-all.sh starts a local one), or set the address and port of yours.";
    }
    Throwable version = first(found, UnsupportedProtocolVersionException.class::isInstance);
    if (version != null) {
      return Failures.words(version)
          + ". "
          + "Cassandra %s or later is needed.".formatted(ClusterChecks.LEAST);
    }
    if (first(found, ClosedChannelException.class::isInstance) != null
        || first(found, ClosedConnectionException.class::isInstance) != null
        || first(found, DriverTimeoutException.class::isInstance) != null
        || first(found, Unreachable::isOfTheProtocol) != null) {
      return "the server there takes connections, but does not answer in Cassandra's protocol. Is this Cassandra's port for clients (9042, not 7000 or 7199)? Does it expect TLS (spark.cassandra.connection.ssl.enabled = true in playlog.cassandra.spark)? Is it only just starting?";
    }
    Throwable last = Failures.root(found.get(found.size() - 1));
    return Failures.words(last)
        + ". Check playlog.cassandra: contact-points and, under spark, login and TLS.";
  }

  private static String wordsOfTls(Throwable found) {
    TlsFailure failure = TlsFailure.in(found).orElseThrow();
    return "TLS fails: %s. Check spark.cassandra.connection.ssl.* in playlog.cassandra.spark; %s."
        .formatted(
            failure.reason(),
            failure.refusesOurs()
                ? "with clientAuth.enabled, keyStore.path must name a certificate of an authority that the nodes trust"
                : "the node's certificate must be its own unless playlog.cassandra.verify-host-name is false");
  }

  private static boolean isOfTheProtocol(Throwable failure) {
    return failure instanceof FrameTooLongException
        || failure.getClass().getName().contains("DecoderException");
  }

  private static Throwable first(List<Throwable> found, Predicate<Throwable> kind) {
    return found.stream().filter(kind).findFirst().orElse(null);
  }

  /**
   * The failure and its causes, those of each node, and what they suppress: a refused connection.
   */
  private static List<Throwable> all(Throwable failure) {
    List<Throwable> found = new ArrayList<>();
    add(found, failure);
    return found;
  }

  private static void add(List<Throwable> found, Throwable failure) {
    if (failure == null || found.contains(failure)) {
      return;
    }
    found.add(failure);
    if (failure instanceof AllNodesFailedException nodes) {
      nodes.getAllErrors().values().forEach(errors -> errors.forEach(each -> add(found, each)));
    }
    add(found, failure.getCause());
    List.of(failure.getSuppressed()).forEach(each -> add(found, each));
  }
}
