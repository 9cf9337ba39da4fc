package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactory.Feature;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Reads the objects of a JSON text, one at a time: those of an array, of arrays in it, or one after
 * the other (JSONL). An object that is broken costs itself: reading goes on with the next one.
 */
final class JsonItems {
  /** Of a text that is looked at; a name has at most 1,024 characters. */
  private static final int MAX_TEXT = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(Feature.INTERN_FIELD_NAMES)
          .disable(Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
          .build();

  private static final byte[] ARRAY = {'['};

  private final String file;
  private final ReplayInputStream in;
  private final boolean isArray;
  private final JsonLine line;
  private final Plays plays;

  private JsonParser json;

  /** Of the parser's first byte, and of its first line, in the file. */
  private long base;

  private long baseLine = 1;

  /** How many objects were found. */
  private long items;

  private boolean isWithinItem;

  /** Where the newest item begins, and its line; and where the one before ends. */
  private long itemStart;

  private long itemLine;
  private long lastEnd;
  private long lastEndLine = 1;

  /** After something broken, up to the next line: objects may be parts of what is broken. */
  private boolean isRecovering;

  /** Once reading has begun anew, what closes the structure around it is too much. */
  private boolean isPatched;

  /**
   * @param in the file, without a byte-order mark
   * @param isArray whether it begins as an array; else its lines are told by their numbers
   */
  JsonItems(String file, InputStream in, boolean isArray, JsonLine line, Plays plays) {
    this.file = file;
    this.in = new ReplayInputStream(in);
    this.isArray = isArray;
    this.line = line;
    this.plays = plays;
  }

  /**
   * Reads all.
   *
   * @throws IOException if the file itself cannot be read on
   */
  void read() throws IOException {
    json = JSON.createParser((InputStream) in);
    while (true) {
      try {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
          element(token);
        }
        return;
      } catch (JsonProcessingException e) {
        // Its message has parts of the text, which are nobody's business.
        broken(isAtEnd(e));
        if (!findNext()) {
          return;
        }
      }
    }
  }

  private void element(JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      object();
    } else if (token == JsonToken.START_ARRAY) {
      for (JsonToken next = json.nextToken();
          next != JsonToken.END_ARRAY;
          next = json.nextToken()) {
        element(next);
      }
    } else if (token.isScalarValue() && !isRecovering) {
      noteStart();
      plays.unreadable(found(), "found a value, expected an object");
      noteEnd();
    }
  }

  private void object() throws IOException {
    noteStart();
    isWithinItem = true;
    boolean isContainer = false;
    line.clear();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isStructStart() && line.containers().contains(name)) {
        isContainer = true;
        isWithinItem = false;
        element(value);
      } else if (!isContainer) {
        line.field(name, json);
        json.skipChildren();
      } else {
        json.skipChildren();
      }
    }
    isWithinItem = false;
    noteEnd();
    if (!isContainer && (line.isOne() || !isRecovering)) {
      isRecovering = false;
      take();
    }
  }

  private void take() {
    Place place = found();
    Play play;
    try {
      play = line.play();
    } catch (UnreadableException e) {
      plays.unreadable(place, e.getMessage());
      return;
    }
    plays.play(place, play);
  }

  private void noteStart() {
    itemStart = offset() - 1;
    itemLine = lineNumber();
  }

  private void noteEnd() {
    lastEnd = offset();
    lastEndLine = lineNumber();
    in.release(lastEnd);
  }

  /** One item more. */
  private Place found() {
    items++;
    plays.found();
    return isArray ? new Place(file, "item", items) : new Place(file, "line", itemLine);
  }

  private void broken(boolean isAtEnd) {
    boolean isNew =
        isWithinItem ? !isRecovering || line.isOne() || !line.hasObjects() : !isPatched || isAtEnd;
    if (isNew) {
      if (!isWithinItem) {
        noteStart();
      }
      Place place = found();
      plays.unreadable(
          place,
          isAtEnd
              ? "the file ends in the middle"
              : "found broken JSON, from byte %d of the file on".formatted(itemStart));
      plays.damaged(place);
    }
    isRecovering = true;
    isPatched = true;
  }

  private boolean isAtEnd(JsonProcessingException failure) {
    return failure instanceof JsonEOFException
        || (in.hasEnded()
            && failure.getLocation() != null
            && base + failure.getLocation().getByteOffset() >= in.position());
  }

  /** Begins anew at the next object, with what is left of the array around it. */
  private boolean findNext() throws IOException {
    json.close();
    in.seek(isWithinItem ? itemStart + 1 : lastEnd);
    long fromLine = isWithinItem ? itemLine : lastEndLine;
    isWithinItem = false;
    ObjectSearch search = new ObjectSearch(in);
    if (!search.find()) {
      return false;
    }
    baseLine = fromLine + search.lines();
    base = search.start();
    lastEnd = base;
    lastEndLine = baseLine;
    in.seek(base);
    InputStream rest = in;
    if (isArray) {
      rest = new SequenceInputStream(new ByteArrayInputStream(ARRAY), in);
      base--;
    }
    json = JSON.createParser(rest);
    return true;
  }

  private long lineNumber() {
    return baseLine + json.currentLocation().getLineNr() - 1;
  }

  private long offset() {
    return base + json.currentLocation().getByteOffset();
  }
}
