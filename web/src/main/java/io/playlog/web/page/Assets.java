package io.playlog.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** Styles and scripts, by address, and as text for pages that are opened without a server. */
public final class Assets {
  private static final String UPLOT = "/webjars/uplot/" + webJarVersion("uplot") + "/dist/";
  public static final String UPLOT_SCRIPT = UPLOT + "uPlot.iife.min.js";
  public static final String UPLOT_STYLE = UPLOT + "uPlot.min.css";
  public static final String STYLE = "/playlog.css";
  public static final String SCRIPT = "/playlog.js";

  private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

  private Assets() {}

  /**
   * @param address one of the constants
   */
  public static String text(String address) {
    return TEXTS.computeIfAbsent(address, Assets::read);
  }

  private static String read(String address) {
    String resource =
        (address.startsWith("/webjars") ? "/META-INF/resources" : "/static") + address;
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the WebJar itself says it: the POM names it, and nobody else. */
  private static String webJarVersion(String name) {
    Properties properties = new Properties();
    try (InputStream in =
        open("/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(name))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource);
  }
}
