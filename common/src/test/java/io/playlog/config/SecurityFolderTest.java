package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityFolderTest {
  @TempDir private Path temporary;
  private SecurityFolder folder;

  @BeforeEach
  void makeLogins() throws IOException {
    folder = new SecurityFolder(temporary.resolve("var/security"));
    folder.passwordOrNew(Role.STREAM.id());
    Files.writeString(folder.file("ca.pem"), "-----BEGIN CERTIFICATE-----");
  }

  @Test
  void aPasswordIsMadeOnceAndReadByItsOwnerOnly() throws IOException {
    String password = folder.password("stream");

    assertThat(password).matches("[A-Za-z0-9_-]{32}");
    assertThat(folder.passwordOrNew("stream")).isEqualTo(password);
    assertThat(folder.passwordOrNew("audit")).isNotEqualTo(password);
    assertThat(permissions(folder.file("stream.password"))).isEqualTo("rw-------");
    assertThat(permissions(folder.path())).isEqualTo("rwx------");
    try (var files = Files.list(folder.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("stream.password", "audit.password", "ca.pem");
    }
  }

  @Test
  void aPasswordThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.file("stream.password");
    for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
      assertRefused("stream", "can be read or changed by others: chmod 600 " + file);
    }
  }

  @Test
  void aPasswordThatIsMissingOrEmptyIsRefused() {
    SecurityFolder.write(folder.file("export.password"), "\n");

    assertRefused("export", "is empty, expected a password");
    assertRefused("forget", "is not there: java -jar web.jar grant makes it");
  }

  @Test
  void eachProgramLogsInAsItsRole() {
    PlaylogConfig config = load("local { secure = true, dir = \"%s\" }".formatted(dir()));
    PlaylogConfig stream = config.as(Role.STREAM);

    assertThat(config.kafka().properties()).isEmpty();
    assertThat(stream.kafka().properties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.truststore.certificates", "-----BEGIN CERTIFICATE-----");
    assertThat(stream.kafka().properties().get("sasl.jaas.config"))
        .contains("username=\"playlog_stream\"", folder.password("stream"));
    assertThat(stream.cassandra().spark())
        .containsEntry("spark.cassandra.auth.username", "playlog_stream")
        .containsEntry("spark.cassandra.auth.password", folder.password("stream"))
        .containsEntry("spark.cassandra.connection.ssl.enabled", "true");
    assertThat(stream.web().login()).isEmpty();
    assertThat(ResolvedSettings.of(stream).toString()).doesNotContain(folder.password("stream"));
  }

  @Test
  void thePageAsksForALogin() {
    folder.passwordOrNew(Role.PAGE.id());
    String browser = folder.passwordOrNew(SecurityFolder.BROWSER);
    String secure = "local { secure = true, dir = \"%s\" }".formatted(dir());

    assertThat(load(secure).as(Role.PAGE).web().login()).containsEntry("password", browser);
    assertThat(load(secure, "web.login { user = a, password = b }").as(Role.PAGE).web().login())
        .containsEntry("password", "b");
  }

  @Test
  void whatIsSetCountsBefore() {
    PlaylogConfig config =
        load(
                "security.folder = \"%s\"".formatted(folder.path()),
                "kafka.bootstrap-servers = \"k:1\"",
                "kafka.properties { sasl.jaas.config = own, ssl.truststore.location = /own, linger.ms = 5 }",
                "cassandra.contact-points = c",
                "cassandra.spark { spark.cassandra.auth.username = own, spark.cassandra.auth.password = own }")
            // Has no password of its own, and needs none.
            .as(Role.ADMIN);

    assertThat(config.kafka().properties())
        .containsEntry("sasl.jaas.config", "own")
        .containsEntry("linger.ms", "5")
        .containsEntry("security.protocol", "SASL_SSL")
        .doesNotContainKey("ssl.truststore.certificates");
    assertThat(config.cassandra().spark())
        .containsEntry("spark.cassandra.auth.username", "own")
        .containsEntry("spark.cassandra.connection.ssl.enabled", "true");
  }

  @Test
  void serversOfOnesOwnAreNotThoseThatLocalSecureIsAbout() {
    PlaylogConfig config =
        load(
                "local { secure = true, dir = \"%s\" }".formatted(dir()),
                "kafka.bootstrap-servers = \"k:1\"",
                "cassandra.contact-points = c")
            .as(Role.STREAM);

    assertThat(config.kafka().properties()).isEmpty();
    assertThat(config.cassandra().spark()).isEmpty();
  }

  @Test
  void theBundledServersMayBeOpenBesideSecuredOnes() {
    String own = "security.folder = \"%s\"".formatted(folder.path());

    assertThat(load(own).securityFolder()).contains(folder);
    assertThat(load(own).securityOfBundled()).isEmpty();
    assertThat(load(own, "local.secure = true").securityOfBundled()).contains(folder);
    assertThat(load("local.secure = true").securityOfBundled()).isPresent();
  }

  @Test
  void eachRoleHasItsFile() {
    Role.granted()
        .forEach(
            role -> {
              List<String> all = Rights.grants(role, Set.of());
              List<String> some = Rights.grants(role, Set.of("forget", "repair", "sizes"));
              assertThat(all).containsAll(some).allMatch(grant -> grant.endsWith(role.user()));
            });
    assertThat(Rights.grants(Role.AUDIT, Set.of("repair")))
        .isNotEmpty()
        .noneMatch(grant -> grant.startsWith("GRANT MODIFY"));
    assertThat(Rights.acls(Set.of("forget")))
        .isNotEmpty()
        .noneMatch(acl -> acl.role() == Role.REMATCH);
    assertThat(Role.ofCommand("hourly-summary")).contains(Role.HOURLY_SUMMARY);
    assertThat(Role.ofCommand("settings")).isEmpty();
  }

  private Path dir() {
    return temporary.resolve("var");
  }

  private PlaylogConfig load(String... lines) {
    return PlaylogConfig.load(
        ShippedConfig.with(
            temporary, Arrays.stream(lines).map(line -> "playlog." + line).toArray(String[]::new)));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void assertRefused(String name, String problem) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> folder.password(name))
        .withMessageEndingWith(folder.file(name + ".password") + " " + problem);
  }
}
