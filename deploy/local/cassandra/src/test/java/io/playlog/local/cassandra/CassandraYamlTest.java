package io.playlog.local.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.LocalSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.SecurityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.cassandra.config.Config;
import org.apache.cassandra.config.EncryptionOptions;
import org.apache.cassandra.config.YamlConfigurationLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraYamlTest {
  @TempDir private Path temporary;

  private Optional<SecurityFolder> security = Optional.empty();

  @Test
  void listensOnTheGivenPortsOfLoopbackOnly() throws IOException {
    Config config = load(Path.of("/music/var"));

    assertThat(config.listen_address).isEqualTo("127.0.0.1");
    assertThat(config.rpc_address).isEqualTo("127.0.0.1");
    assertThat(config.native_transport_port).isEqualTo(19042);
    assertThat(config.storage_port).isEqualTo(17000);
    assertThat(config.seed_provider.parameters).containsEntry("seeds", "127.0.0.1:17000");
  }

  @Test
  void keepsItsDataUnderTheLocalFolder() throws IOException {
    Config config = load(Path.of("/music/Zoë's own: var"));

    String dir = "/music/Zoë's own: var/cassandra/";
    assertThat(config.data_file_directories).containsExactly(dir + "data");
    assertThat(config.commitlog_directory).isEqualTo(dir + "commitlog");
    assertThat(config.hints_directory).isEqualTo(dir + "hints");
    assertThat(config.saved_caches_directory).isEqualTo(dir + "saved_caches");
    assertThat(config.cdc_raw_directory).isEqualTo(dir + "cdc_raw");
  }

  @Test
  void aSingleOneOwnsTheRing() throws IOException {
    Config config = load(Path.of("/music/var"));

    assertThat(config.initial_token).isEqualTo("0");
    assertThat(config.hinted_handoff_enabled).isFalse();
  }

  @Test
  void threeShareTheRingAndFindEachOther() throws IOException {
    LocalSettings settings = settings(3, Path.of("/music/var"));
    Config second = load(settings, 2);

    assertThat(second.listen_address).isEqualTo("127.0.0.2");
    assertThat(second.rpc_address).isEqualTo("127.0.0.2");
    assertThat(second.seed_provider.parameters)
        .containsEntry("seeds", "127.0.0.1:17000,127.0.0.2:17000,127.0.0.3:17000");
    assertThat(second.data_file_directories).containsExactly("/music/var/cassandra-2/data");
    assertThat(second.hinted_handoff_enabled).isTrue();
    assertThat(load(settings, 1).initial_token).isEqualTo("0");
    assertThat(second.initial_token).isEqualTo("6148914691236517205");
    assertThat(load(settings, 3).initial_token).isEqualTo("-6148914691236517206");
  }

  @Test
  void endsWhenItsDiskIsFullSoThatItIsStartedAgain() throws IOException {
    Config config = load(Path.of("/music/var"));

    assertThat(config.disk_failure_policy).isEqualTo(Config.DiskFailurePolicy.die);
    assertThat(config.commit_failure_policy).isEqualTo(Config.CommitFailurePolicy.die);
  }

  @Test
  void letsEverybodyInUnlessItIsSecured() throws IOException {
    Config config = load(Path.of("/music/var"));

    assertThat(config.authenticator.class_name).isEqualTo("AllowAllAuthenticator");
    assertThat(config.authorizer.class_name).isEqualTo("AllowAllAuthorizer");
    config.client_encryption_options.applyConfig();
    assertThat(config.client_encryption_options.getEnabled()).isFalse();
  }

  @Test
  void asksForTlsAndALoginIfItIsSecured() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("Zoë's own"));
    SecurityFolder.write(folder.resolve("stores.password"), "it's secret\n");
    security = Optional.of(new SecurityFolder(folder));
    Config config = load(Path.of("/music/var"));

    assertThat(config.authenticator.class_name).isEqualTo("PasswordAuthenticator");
    assertThat(config.authorizer.class_name).isEqualTo("CassandraAuthorizer");
    assertThat(config.role_manager.class_name).isEqualTo(AdminRole.class.getName());
    EncryptionOptions clients = config.client_encryption_options;
    clients.applyConfig();
    assertThat(clients.getEnabled()).isTrue();
    assertThat(clients.getOptional()).isFalse();
    assertThat(clients.keystore).isEqualTo(folder + "/cassandra.p12");
    assertThat(clients.keystore_password).isEqualTo("it's secret");
    assertThat(config.server_encryption_options.internode_encryption).hasToString("all");
  }

  /** Cassandra's own loader, which refuses keys that it does not know. */
  private Config load(Path localDir) throws IOException {
    return load(settings(1, localDir), 1);
  }

  private Config load(LocalSettings settings, int member) throws IOException {
    Path yaml = temporary.resolve("cassandra.yaml");
    Files.writeString(yaml, CassandraYaml.of(settings, member, security));
    return new YamlConfigurationLoader().loadConfig(yaml.toUri().toURL());
  }

  private LocalSettings settings(int nodes, Path dir) throws IOException {
    String local =
        "playlog.local { nodes = %d, dir = \"%s\", cassandra-port = 19042, cassandra-storage-port = 17000 }"
            .formatted(nodes, dir);
    Path file = Files.writeString(temporary.resolve("application.conf"), local);
    return PlaylogConfig.load(file).local();
  }
}
