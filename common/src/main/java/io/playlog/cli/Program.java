package io.playlog.cli;

import io.playlog.config.PlaylogConfig;
import io.playlog.config.ResolvedSettings;
import io.playlog.config.Role;
import io.playlog.error.ErrorCode;
import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/**
 * What the command lines of all programs share: {@code --config}, {@code --help} and {@code
 * --version} at the program and each of its commands, exit codes, and what becomes of a failure. A
 * command finds its program by {@code @ParentCommand}.
 */
public abstract class Program {
  /** The only version that both Spark 3.5 and Cassandra 5.0 run on. */
  private static final int JDK = 17;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      defaultValue = "conf/application.conf",
      description = "Configuration file (default: ${DEFAULT-VALUE}).")
  private Path config;

  /** The command that runs, or the program without one. */
  private String command = "";

  /** Reads the settings, with the login of the command that runs. */
  public final PlaylogConfig readConfig() {
    PlaylogConfig loaded = PlaylogConfig.load(config);
    return Role.ofCommand(command).map(loaded::as).orElse(loaded);
  }

  /** The same, and logs them once, secrets hidden. */
  public final PlaylogConfig loadConfig() {
    PlaylogConfig loaded = readConfig();
    log().info("Settings of {}: {}", config, ResolvedSettings.of(loaded));
    return loaded;
  }

  /**
   * What a failure means that nobody has explained where it happened; called with what a command
   * has thrown.
   */
  protected Optional<PlaylogException> explain(Throwable failure) {
    return Optional.empty();
  }

  public final Path configFile() {
    return config;
  }

  /** Made when it is used: a program may have to set up its log by the settings first. */
  static Logger log() {
    return LoggerFactory.getLogger(Program.class);
  }

  /** Of the program with its commands. */
  public static CommandLine commandLine(Program program) {
    // What is printed may be read by programs: an Arabic or German locale would write other digits.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    FailureHandler failures = new FailureHandler(program::explain);
    CommandLine line =
        new CommandLine(program)
            // The last one counts: a script may give one of its own before a person's.
            .setOverwrittenOptionsAllowed(true)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures)
            .setExecutionStrategy(
                parsed -> {
                  List<CommandLine> commands = parsed.asCommandLineList();
                  program.command = commands.get(commands.size() - 1).getCommandName();
                  checkJdk(parsed.commandSpec().commandLine(), Runtime.version());
                  return new RunLast().execute(parsed);
                });
    // Here rather than at each command, which might forget it and then print nothing.
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    Map<String, String> exitCodes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      exitCodes.put(String.valueOf(code.code()), code.meaning());
    }
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("Exit codes:%n")
        .exitCodeList(exitCodes);
    return line;
  }

  /** On another version the libraries fail later, in ways that do not name it. */
  static void checkJdk(CommandLine command, Runtime.Version found) {
    if (found.feature() != JDK) {
      PlaylogException wrong =
          new PlaylogException(
              ErrorCode.WRONG_JDK,
              "Found JDK %s in %s, expected JDK %d: install it and set JAVA_HOME to it"
                  .formatted(found, System.getProperty("java.home"), JDK));
      throw new ExecutionException(command, wrong.getMessage(), wrong);
    }
  }

  /** The version in the manifest of the jar that the program came in. */
  public static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Program.class.getPackage().getImplementationVersion();
      return new String[] {"Playlog " + (version == null ? "(not packaged)" : version)};
    }
  }
}
