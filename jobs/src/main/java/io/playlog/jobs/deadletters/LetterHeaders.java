package io.playlog.jobs.deadletters;

/** Names of the headers that Playlog adds to messages; their values are UTF-8 text. */
public final class LetterHeaders {
  /** Headers whose names begin so are ours: a replay takes them off. */
  static final String PREFIX = "playlog.";

  /** Code of a {@link io.playlog.listen.RejectReason}. */
  public static final String REASON = PREFIX + "reason";

  public static final String TOPIC = PREFIX + "topic";
  public static final String PARTITION = PREFIX + "partition";
  public static final String OFFSET = PREFIX + "offset";

  /** Kafka's, of the source message, milliseconds since the epoch. */
  public static final String TIMESTAMP = PREFIX + "timestamp";

  /** On a replayed message: where it stood first, as topic/partition/offset. */
  static final String REPLAYED_FROM = PREFIX + "replayed-from";

  private LetterHeaders() {}
}
