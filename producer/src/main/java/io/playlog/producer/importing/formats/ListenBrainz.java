package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import io.playlog.listenbrainz.ListenBrainzFields;
import java.io.IOException;
import java.util.Set;

/** A listen as ListenBrainz exports it, and Playlog, too. */
final class ListenBrainz implements JsonLine {
  private final ListenBrainzFields fields = new ListenBrainzFields();

  @Override
  public Set<String> containers() {
    return Set.of("payload", "listens");
  }

  @Override
  public void clear() {
    fields.clear();
  }

  @Override
  public void field(String name, JsonParser json) throws IOException {
    fields.field(name, json);
  }

  @Override
  public boolean isOne() {
    return fields.isOne();
  }

  @Override
  public Play play() throws UnreadableException {
    if (!fields.hasTime()) {
      throw Times.missing();
    }
    long start = fields.start().orElseThrow(Times::notInSeconds);
    return Play.ofListen(fields.song(), start, fields.details());
  }
}
