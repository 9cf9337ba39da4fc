package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that are lacking, and files of them that others may read. */
class SecretsTest {
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=app ";

  @TempDir private Path folder;

  private Path file(String name, String mode, String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve(name), String.join("\n", lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void refused(Path file, String message) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> PlaylogConfig.load(file))
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_SETTINGS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          kafka.properties { ssl.truststore.password = "" }          | kafka.properties.ssl.truststore.password
          kafka.properties { ssl.keystore.password = ${?NOT_SET}"" } | kafka.properties.ssl.keystore.password
          kafka.properties { ssl.key.password = " " }                | kafka.properties.ssl.key.password
          cassandra.spark { spark.cassandra.auth.password = "" }     | cassandra.spark.spark.cassandra.auth.password
          cassandra.spark { spark.cassandra.connection.ssl.trustStore.password = "" } | cassandra.spark.spark.cassandra.connection.ssl.trustStore.password
          """)
  void anEmptySecret(String line, String path) throws IOException {
    Path file = file("application.conf", "rw-r--r--", "playlog." + line);

    refused(
        file,
        "playlog.%s (%s: 1): found nothing, expected a secret; a variable that it is taken from may not be set"
            .formatted(path, file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "password="${?NOT_SET}";"
          "password=\\"\\";"
          "password='';"
          ";"
          """)
  void aLoginWithoutItsPassword(String end) throws IOException {
    Path file =
        file(
            "application.conf",
            "rw-------",
            "playlog.kafka.properties.sasl.jaas.config = \"" + SCRAM + "\"" + end);

    refused(
        file,
        "playlog.kafka.properties.sasl.jaas.config (%s: 1): found no password in it, expected one; a variable that it is taken from may not be set"
            .formatted(file));
  }

  @Test
  void aLoginOfAnotherKindHasNone() throws IOException {
    Path file =
        file(
            "application.conf",
            "rw-r--r--",
            "playlog.kafka.properties.sasl.jaas.config = \"com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true;\"");

    assertThatCode(() -> PlaylogConfig.load(file)).doesNotThrowAnyException();
  }

  /** The connector would ask for no login. */
  @Test
  void aUserWithoutAPassword() throws IOException {
    Path file =
        file(
            "application.conf",
            "rw-r--r--",
            "playlog.cassandra.spark {",
            "  spark.cassandra.auth.username = app",
            "  spark.cassandra.auth.password = ${?NOT_SET}",
            "}");

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> PlaylogConfig.load(file))
        .withMessageStartingWith("playlog.cassandra.spark (")
        .withMessageEndingWith(
            "): expected spark.cassandra.auth.password beside spark.cassandra.auth.username: a"
                + " variable that it is taken from may not be set");
  }

  @ParameterizedTest
  @CsvSource({"rw-r--r--", "rw-r-----", "rw----r--"})
  void aSecretInAFileThatOthersMayRead(String mode) throws IOException {
    Path secrets =
        file(
            "secrets.conf", mode, "playlog.cassandra.spark.spark.cassandra.auth.password = s3cret");
    Path file = file("application.conf", "rw-r--r--", "include \"secrets.conf\"");

    refused(
        file,
        "playlog.cassandra.spark.spark.cassandra.auth.password (%s: 1): found a secret in a file that others may read: chmod 600 %s, or take it from a variable of the environment"
            .formatted(secrets, secrets));
  }

  @Test
  void aSecretInAFileOfOnesOwn() throws IOException {
    file("secrets.conf", "rw-------", "playlog.kafka.properties.ssl.key.password = s3cret");
    Path file = file("application.conf", "rw-r--r--", "include \"secrets.conf\"");

    assertThatCode(() -> PlaylogConfig.load(file)).doesNotThrowAnyException();
  }

  /** PATH stands for it: it is set everywhere. */
  @Test
  void aSecretOfTheEnvironment() throws IOException {
    Path file =
        file(
            "application.conf",
            "rw-r--r--",
            "playlog.kafka.properties {",
            "  ssl.key.password = ${PATH}",
            "  sasl.jaas.config = \"" + SCRAM + "password=\\\"\"${PATH}\"\\\";\"",
            "}",
            "playlog.cassandra.spark.spark.cassandra.auth.password = ${PATH}");

    assertThatCode(() -> PlaylogConfig.load(file)).doesNotThrowAnyException();
  }

  @Test
  void aLoginWhosePasswordIsInAFileOfOnesOwn() throws IOException {
    file("secrets.conf", "rw-------", "password = s3cret");
    Path file =
        file(
            "application.conf",
            "rw-r--r--",
            "playlog { kafka.properties { sasl { include \"secrets.conf\" } } }",
            "playlog.kafka.properties.sasl.jaas.config = \""
                + SCRAM
                + "password=\"${playlog.kafka.properties.sasl.password}\";\"");

    assertThatCode(() -> PlaylogConfig.load(file)).doesNotThrowAnyException();
  }

  /** What is in it is public. */
  @Test
  void thePasswordOfATrustStoreIsNoSecret() throws IOException {
    Path file =
        file(
            "application.conf",
            "rw-r--r--",
            "playlog.kafka.properties.ssl.truststore.password = changeit");

    assertThatCode(() -> PlaylogConfig.load(file)).doesNotThrowAnyException();
  }
}
