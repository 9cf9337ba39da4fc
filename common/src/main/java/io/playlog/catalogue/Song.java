package io.playlog.catalogue;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A row of the catalogue, in the public data set's units.
 *
 * @param values of the types that {@link SongColumn} says; a column of which the catalogue says
 *     nothing is absent
 */
public record Song(String name, Map<SongColumn, Object> values) {
  static Song of(String name, Function<SongColumn, Object> value) {
    Map<SongColumn, Object> values = new EnumMap<>(SongColumn.class);
    for (SongColumn column : SongColumn.values()) {
      Object found = value.apply(column);
      if (found != null) {
        values.put(column, found);
      }
    }
    return new Song(name, values);
  }

  /** Null where the catalogue does not say. */
  public Object get(SongColumn column) {
    return values.get(column);
  }
}
