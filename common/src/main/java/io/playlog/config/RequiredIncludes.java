package io.playlog.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.playlog.error.Failures;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes every {@code include} of the operator's file, and those within what is included, one that
 * must be there. The library passes over what is missing, and so over the settings in it.
 */
final class RequiredIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final ConfigIncluder library;

  RequiredIncludes() {
    this(null);
  }

  private RequiredIncludes(ConfigIncluder library) {
    this.library = library;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new RequiredIncludes(fallback);
  }

  /** Beside the file that includes it. */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (what.startsWith("~")) {
      String path =
          Home.expand(what)
              .orElseThrow(
                  () ->
                      ConfigFile.bad(
                          "Cannot read the configuration: found include \"%s\", expected %s"
                              .formatted(what, Home.EXPECTED)));
      return includeFile(context, new File(path));
    }
    return required(
        "\"" + what + "\"",
        path(context, what),
        () -> library.include(context.setParseOptions(required(context)), what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return required(
        "file(\"" + what + "\")",
        what.getAbsolutePath(),
        () -> ConfigFactory.parseFileAnySyntax(what, required(context)).root());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return required(
        "url(\"" + what + "\")",
        what.toString(),
        () -> ConfigFactory.parseURL(what, required(context)).root());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return required(
        "classpath(\"" + what + "\")",
        what,
        () -> ConfigFactory.parseResourcesAnySyntax(what, required(context)).root());
  }

  private static ConfigParseOptions required(ConfigIncludeContext context) {
    return context.parseOptions().setAllowMissing(false);
  }

  /** Where it is looked for: beside the file that includes it, whose folder is there. */
  private static String path(ConfigIncludeContext context, String what) {
    if (isUrl(what)) {
      return what;
    }
    return Optional.ofNullable(context.relativeTo("."))
        .map(found -> found.origin().filename())
        .map(found -> Path.of(found).resolve(what).normalize().toString())
        .orElse(what);
  }

  private static ConfigObject required(
      String written, String path, Supplier<ConfigObject> included) {
    if (!isUrl(path) && Files.isRegularFile(Path.of(path))) {
      ConfigFile.requireText(Path.of(path), "include " + written + ": ");
    }
    try {
      return included.get();
    } catch (ConfigException.IO e) {
      throw ConfigFile.bad(
          "Cannot read the configuration: include %s: %s: %s; what is included must be there"
              .formatted(written, path, reason(path, e)));
    }
  }

  private static String reason(String path, Throwable failure) {
    String innermost = Failures.root(failure).toString();
    return isUrl(path) ? innermost : reason(Path.of(path)).orElse(innermost);
  }

  private static Optional<String> reason(Path file) {
    boolean named = hasExtension(file.toString());
    if (Files.notExists(file)) {
      String other = named ? "" : " with .conf, .json or .properties";
      return Optional.of("there is no such file" + other);
    }
    if (Files.isDirectory(file)) {
      return Optional.of("found a folder, expected a file");
    }
    return named
        ? Optional.empty()
        : Optional.of(
            "found a file of another kind, expected a name with .conf, .json or .properties");
  }

  private static boolean isUrl(String path) {
    return path.contains("://");
  }

  /** The library looks for a name without one of these with each of them. */
  private static boolean hasExtension(String path) {
    return path.endsWith(".conf") || path.endsWith(".json") || path.endsWith(".properties");
  }
}
