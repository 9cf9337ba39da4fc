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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why TLS with a server fails. Clients say no more than that it does, and Java's own words name a
 * path or a target.
 *
 * @param reason such as {@code the server's certificate has expired (NotAfter: …)}
 * @param refusesOurs whether the server has refused the client's certificate, or asks for one where
 *     there is none
 */
public record TlsFailure(String reason, boolean refusesOurs) {
  /** The latter if the store has another authority of the same name. */
  private static final Set<CertPathValidatorException.Reason> UNKNOWN =
      Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);

  /** What a server answers of a client's certificate. */
  private static final Pattern OF_OURS =
      Pattern.compile("Received fatal alert: (\\w*certificate\\w*|unknown_ca)");

  /**
   * @return empty if no cause of the failure is one of TLS
   */
  public static Optional<TlsFailure> in(Throwable failure) {
    List<Throwable> chain =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(50).toList();
    // An expired one is found on the way to its authority: the innermost cause is the reason.
    for (int i = chain.size() - 1; i >= 0; i--) {
      Throwable cause = chain.get(i);
      if (cause instanceof CertificateExpiredException) {
        return ofTheServers("has expired (%s)".formatted(Failures.words(cause)));
      }
      if (cause instanceof CertificateNotYetValidException) {
        return ofTheServers("is not valid yet (%s)".formatted(Failures.words(cause)));
      }
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException path
              && UNKNOWN.contains(path.getReason())) {
        return ofTheServers("is of an authority that the trust store does not have");
      }
      if (cause instanceof CertificateException && isOfTheName(cause)) {
        return ofTheServers("is of another host (%s)".formatted(Failures.words(cause)));
      }
    }
    if (chain.stream().noneMatch(SSLException.class::isInstance)) {
      return Optional.empty();
    }
    String words = Failures.words(chain.get(chain.size() - 1));
    boolean ofOurs = OF_OURS.matcher(words).find();
    return Optional.of(
        new TlsFailure(
            ofOurs
                ? "the server refuses the client's certificate, or asks for one where there is none (%s)"
                    .formatted(words)
                : words,
            ofOurs));
  }

  private static Optional<TlsFailure> ofTheServers(String what) {
    return Optional.of(new TlsFailure("the server's certificate " + what, false));
  }

  private static boolean isOfTheName(Throwable failure) {
    String words = Failures.words(failure);
    return words.startsWith("No subject alternative") || words.startsWith("No name matching");
  }
}
