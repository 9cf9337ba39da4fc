package io.playlog.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFailureTest {
  private static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(
            new CertPathBuilderException("unable to find valid certification path"),
            "of an authority that the trust store does not have"),
        Arguments.of(
            new CertPathValidatorException("no", null, null, -1, BasicReason.INVALID_SIGNATURE),
            "of an authority that the trust store does not have"),
        Arguments.of(
            new CertPathValidatorException(
                "validity check failed", new CertificateExpiredException("NotAfter: Monday")),
            "has expired (NotAfter: Monday)"),
        Arguments.of(
            new CertificateNotYetValidException("NotBefore: Friday"),
            "is not valid yet (NotBefore: Friday)"),
        Arguments.of(
            new CertificateException("No subject alternative names matching IP address 1.2.3.4."),
            "is of another host (No subject alternative names matching IP address 1.2.3.4)"),
        Arguments.of(
            new CertificateException("No name matching here found"),
            "is of another host (No name matching here found)"));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void isToldInWords(Exception reason, String words) {
    SSLException outer = new SSLHandshakeException("PKIX path building failed");
    outer.initCause(new CertificateException("PKIX path building failed", reason));

    TlsFailure found = TlsFailure.in(new IllegalStateException(outer)).orElseThrow();

    assertThat(found.reason()).startsWith("the server's certificate ").endsWith(words);
    assertThat(found.refusesOurs()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate_required", "bad_certificate", "unknown_ca"})
  void whatTheServerSaysOfOurCertificate(String alert) {
    assertThat(TlsFailure.in(new SSLException("Received fatal alert:\n " + alert + ".")))
        .hasValue(
            new TlsFailure(
                "the server refuses the client's certificate, or asks for one where there is none"
                    + " (Received fatal alert: "
                    + alert
                    + ")",
                true));
  }

  @Test
  void anotherReasonHasItsOwnWords() {
    assertThat(TlsFailure.in(new SSLException("Received fatal alert: protocol_version")))
        .hasValue(new TlsFailure("Received fatal alert: protocol_version", false));
  }

  @Test
  void otherFailuresAreNotOfTls() {
    assertThat(TlsFailure.in(new IllegalStateException("gone"))).isEmpty();
  }
}
