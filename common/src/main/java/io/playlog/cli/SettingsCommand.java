package io.playlog.cli;

import io.playlog.config.PlaylogConfig;
import io.playlog.config.ResolvedSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints resolved settings, so that scripts need not read HOCON. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description =
        "Prints resolved settings: all as `key = value  # where it comes from`, or the values of the"
            + " keys given.")
public final class SettingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--spark-conf",
      paramLabel = "stream|job",
      description =
          "Print besides the Spark properties of spark.stream-conf or spark.job-conf, for"
              + " spark-submit: key=value, a line each, secrets too.")
  private SparkConf sparkConf;

  @Parameters(paramLabel = "KEY", description = "Such as kafka.topic; durations are in seconds.")
  private List<String> keys = List.of();

  private enum SparkConf {
    STREAM,
    JOB
  }

  @Override
  public Integer call() {
    PlaylogConfig config = PlaylogConfig.load(program.configFile());
    Map<String, Object> values = ResolvedSettings.of(config);
    for (String key : keys) {
      if (!values.containsKey(key)) {
        throw new ParameterException(spec.commandLine(), "No setting is named " + key);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      if (!keys.isEmpty()) {
        values.keySet().retainAll(keys);
      }
      out.println(Json.object(values));
    } else if (!keys.isEmpty()) {
      keys.forEach(key -> out.println(values.get(key)));
    } else if (sparkConf == null) {
      Map<String, String> origins = ResolvedSettings.origins(program.configFile());
      values.forEach(
          (key, value) ->
              out.println(key + " = " + value + "  # " + origins.getOrDefault(key, "derived")));
    }
    if (sparkConf != null) {
      (sparkConf == SparkConf.STREAM ? config.spark().streamConf() : config.spark().jobConf())
          .forEach((key, value) -> out.println(key + "=" + value));
    }
    out.flush();
    return 0;
  }
}
