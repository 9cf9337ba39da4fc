package io.playlog.jobs;

import io.playlog.config.PlaylogConfig;
import io.playlog.config.ResolvedSettings;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option that all jobs share. */
public final class ConfigOption {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigOption.class);

  @Option(
      names = "--config",
      defaultValue = "conf/application.conf",
      description = "Configuration file (default: ${DEFAULT-VALUE}).")
  private Path file;

  /** Reads the settings and logs them once, secrets hidden. */
  public PlaylogConfig load() {
    PlaylogConfig config = PlaylogConfig.load(file);
    LOG.info("Settings of {}: {}", file, ResolvedSettings.of(config));
    return config;
  }
}
