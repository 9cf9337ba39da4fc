package io.playlog.producer.importing.formats;

/**
 * Where something stands.
 *
 * @param file its path, of an entry of a zip after that of the zip
 * @param unit what the number counts: {@code line}, or {@code item} in a JSON array; null for the
 *     file as a whole
 * @param number from 1
 */
public record Place(String file, String unit, long number) {
  /** Of a file as a whole. */
  public static Place of(String file) {
    return new Place(file, null, 0);
  }

  /** Such as {@code my_spotify_data.zip!/Streaming_History_Audio_2019_3.json, item 12}. */
  @Override
  public String toString() {
    return unit == null ? file : file + ", " + unit + " " + number;
  }
}
