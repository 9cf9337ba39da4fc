package io.playlog.producer.importing.formats;

import io.playlog.catalogue.FileKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an export is, told by its content: the names of files are their owner's. */
enum ExportFormat {
  // First: players put what they like into a listen's additional_info, also Spotify's names.
  LISTENBRAINZ("listened_at", "track_metadata"),
  SPOTIFY_EXTENDED("ts", "ms_played"),
  SPOTIFY_ACCOUNT("endTime", "msPlayed"),
  LASTFM_JSON("track", "artist", "uts"),
  LASTFM_CSV;

  /** What is expected of a file, for messages. */
  static final String EXPECTED =
      "a listening history of Spotify (extended history or account data: JSON), Last.fm (JSON or CSV),"
          + " ListenBrainz or Playlog (JSONL)";

  /** Of Spotify's videos; nothing within tells them from music. */
  private static final Pattern VIDEOS = Pattern.compile("streaming_history_video|endvideo");

  private final Pattern[] fields;

  ExportFormat(String... fields) {
    this.fields = new Pattern[fields.length];
    for (int i = 0; i < fields.length; i++) {
      this.fields[i] = Pattern.compile('"' + fields[i] + "\"\\s*:");
    }
  }

  /**
   * @param head the begin of a text
   * @return empty if it is no JSON, or another
   */
  static Optional<ExportFormat> ofJson(String head) {
    return looksLikeJson(head.stripLeading())
        ? Stream.of(values()).filter(format -> format.isOf(head)).findFirst()
        : Optional.empty();
  }

  private static boolean looksLikeJson(String text) {
    return text.startsWith("[") || text.startsWith("{");
  }

  /** Of JSON: whether the begin of a text has all the fields by which it is known. */
  private boolean isOf(String head) {
    for (Pattern field : fields) {
      if (!field.matcher(head).find()) {
        return false;
      }
    }
    return fields.length > 0;
  }

  JsonLine line(String file) {
    return switch (this) {
      case SPOTIFY_EXTENDED -> new SpotifyExtended(areVideos(file));
      case SPOTIFY_ACCOUNT -> new SpotifyAccount();
      case LISTENBRAINZ -> new ListenBrainz();
      case LASTFM_JSON -> new LastfmJson();
      case LASTFM_CSV -> throw new IllegalStateException("A table has no objects");
    };
  }

  private static boolean areVideos(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return VIDEOS.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** What a file is that has none of the formats; says nothing of what stands in it. */
  static String otherKind(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1).strip();
    if (text.isEmpty()) {
      return head.length == 0 ? "an empty file" : "nothing but white space";
    }
    if (looksLikeJson(text)) {
      return "other JSON";
    }
    return FileKind.of(head, Math.min(head.length, FileKind.HEAD_BYTES))
        .orElse("another kind of file");
  }
}
