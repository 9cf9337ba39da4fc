package io.playlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void anObjectIsOneLine() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("text", "a \"quoted\"\nline");
    values.put("number", 12L);
    values.put("seconds", 0.5);
    values.put("truth", true);
    values.put("none", null);
    values.put("object", Map.of("not-json", 3L));
    assertThat(Json.object(values))
        .isEqualTo(
            "{\"text\":\"a \\\"quoted\\\"\\nline\",\"number\":12,\"seconds\":0.5,\"truth\":true,"
                + "\"none\":null,\"object\":{\"not-json\":3}}");
  }
}
