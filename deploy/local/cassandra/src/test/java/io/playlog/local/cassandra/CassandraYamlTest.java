package io.playlog.local.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.LocalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.cassandra.config.Config;
import org.apache.cassandra.config.YamlConfigurationLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraYamlTest {
  @TempDir private Path temporary;

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
  void endsWhenItsDiskIsFullSoThatItIsStartedAgain() throws IOException {
    Config config = load(Path.of("/music/var"));

    assertThat(config.disk_failure_policy).isEqualTo(Config.DiskFailurePolicy.die);
    assertThat(config.commit_failure_policy).isEqualTo(Config.CommitFailurePolicy.die);
  }

  /** Cassandra's own loader, which refuses keys that it does not know. */
  private Config load(Path localDir) throws IOException {
    LocalSettings settings =
        new LocalSettings(
            localDir,
            19092,
            19093,
            18092,
            "512m",
            19042,
            17000,
            18093,
            "1200m",
            18080,
            Duration.ZERO);
    Path yaml = temporary.resolve("cassandra.yaml");
    Files.writeString(yaml, CassandraYaml.of(settings));
    return new YamlConfigurationLoader().loadConfig(yaml.toUri().toURL());
  }
}
