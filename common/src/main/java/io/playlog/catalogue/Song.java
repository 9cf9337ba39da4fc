package io.playlog.catalogue;

import java.util.Map;

/**
 * A row of the catalogue, in the public data set's units.
 *
 * @param name in form NFC, as are all texts
 * @param values of the types that {@link SongColumn} says; a column of which the catalogue says
 *     nothing is absent
 */
public record Song(String name, Map<SongColumn, Object> values) {
  /** Null where the catalogue does not say. */
  public Object get(SongColumn column) {
    return values.get(column);
  }
}
