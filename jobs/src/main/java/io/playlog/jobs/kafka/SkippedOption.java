package io.playlog.jobs.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.SkippedRanges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Skipped messages as the text of an option of the source. */
final class SkippedOption {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SkippedOption() {}

  /** Such as {@code {"0":[[100,110]]}}: ends are not included. */
  static String of(SkippedRanges skipped) {
    Map<Integer, List<long[]>> ends = new TreeMap<>();
    skipped
        .asMap()
        .forEach(
            (partition, ranges) ->
                ends.put(
                    partition,
                    ranges.stream()
                        .map(range -> new long[] {range.start(), range.end()})
                        .toList()));
    try {
      return JSON.writeValueAsString(ends);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static SkippedRanges read(String text) {
    try {
      Map<Integer, List<OffsetRange>> ranges = new TreeMap<>();
      JSON.readValue(text, new TypeReference<Map<Integer, List<long[]>>>() {})
          .forEach(
              (partition, ends) ->
                  ranges.put(
                      partition, ends.stream().map(e -> new OffsetRange(e[0], e[1])).toList()));
      return SkippedRanges.of(ranges);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Unknown form of skipped offsets: " + text, e);
    }
  }
}
