package io.playlog.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Styles and scripts, by address, and as text for pages that are opened without a server. */
public final class Assets {
  public static final String UPLOT_SCRIPT = "/webjars/uplot/1.6.30/dist/uPlot.iife.min.js";
  public static final String UPLOT_STYLE = "/webjars/uplot/1.6.30/dist/uPlot.min.css";
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
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
