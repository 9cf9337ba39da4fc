package io.playlog.net;

import io.playlog.error.Failures;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says in words why TLS with a server fails. Clients say no more than that it does, and Java's own
 * words name a path or a target.
 */
public final class TlsFailure {
  /** The latter if the store has another authority of the same name. */
  private static final Set<CertPathValidatorException.Reason> UNKNOWN =
      Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);

  private TlsFailure() {}

  /**
   * @return such as {@code the server's certificate has expired (NotAfter: …)}; empty if no cause
   *     of the failure is one of TLS
   */
  public static Optional<String> in(Throwable failure) {
    List<Throwable> chain =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(50).toList();
    // An expired one is found on the way to its authority: the innermost cause is the reason.
    for (int i = chain.size() - 1; i >= 0; i--) {
      Throwable cause = chain.get(i);
      if (cause instanceof CertificateExpiredException) {
        return Optional.of(
            "the server's certificate has expired (%s)".formatted(Failures.words(cause)));
      }
      if (cause instanceof CertificateNotYetValidException) {
        return Optional.of(
            "the server's certificate is not valid yet (%s)".formatted(Failures.words(cause)));
      }
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException path
              && UNKNOWN.contains(path.getReason())) {
        return Optional.of(
            "the server's certificate is of an authority that the trust store does not have");
      }
      if (cause instanceof CertificateException && isOfTheName(cause)) {
        return Optional.of(
            "the server's certificate is of another host (%s)".formatted(Failures.words(cause)));
      }
    }
    return chain.stream().anyMatch(SSLException.class::isInstance)
        ? Optional.of(Failures.words(chain.get(chain.size() - 1)))
        : Optional.empty();
  }

  private static boolean isOfTheName(Throwable failure) {
    String words = Failures.words(failure);
    return words.startsWith("No subject alternative") || words.startsWith("No name matching");
  }
}
