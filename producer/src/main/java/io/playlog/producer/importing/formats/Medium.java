package io.playlog.producer.importing.formats;

/** What was played. Only music becomes listens. */
public enum Medium {
  MUSIC,
  PODCAST,
  AUDIOBOOK,
  VIDEO
}
