package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactory.Feature;
import com.fasterxml.jackson.core.JsonLocation;
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
import java.util.Optional;

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
  private static final String BROKEN = "found broken JSON, from byte %d of the file on";

  private final String file;
  private final ReplayInputStream in;
  private final boolean isArray;
  private final JsonLine line;
  private final Plays plays;

  private JsonParser json;

  /** Where the parser has begun. */
  private Spot base = Spot.BEGIN;

  /** How many bytes the parser was given before those of the file. */
  private int prefix;

  /** How many objects were found. */
  private long items;

  private boolean isWithinItem;

  /** Where the newest item begins. */
  private Spot item = Spot.BEGIN;

  /** Where the one before ends. */
  private Spot lastEnd = Spot.BEGIN;

  /**
   * Where the newest item begins that was found to be broken, up to the next one that is whole:
   * what follows may be a part of it.
   */
  private Spot brokenItem;

  /** Whether items stand in a field of another object, rather than each in its line. */
  private boolean hasContainer;

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
    } else if (token.isScalarValue() && brokenItem == null) {
      noteStart();
      plays.unreadable(found(), "found a value, expected an object");
      noteEnd();
      // What follows in its line is no line more.
      isPatched |= isLinewise();
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
        hasContainer = true;
        isWithinItem = false;
        // If it is broken before its first item, reading goes on in it, not with it.
        noteEnd();
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
    if (!isContainer && isNew()) {
      brokenItem = null;
      take();
    }
  }

  private void take() {
    Place place = found();
    try {
      plays.play(place, line.play());
    } catch (UnreadableException e) {
      plays.unreadable(place, e.getMessage());
    }
  }

  /** Whether the newest object is an item, rather than a part of one that is broken. */
  private boolean isNew() {
    return brokenItem == null || line.isOne() || !line.hasObjects() || item.isBelow(brokenItem);
  }

  private void noteStart() {
    item = spot(json.currentLocation()).previous();
  }

  private void noteEnd() {
    lastEnd = spot(json.currentLocation());
    in.release(lastEnd.offset());
  }

  private Place found() {
    items++;
    plays.found();
    return isArray ? new Place(file, "item", items) : new Place(file, "line", item.line());
  }

  private void broken(boolean isAtEnd) {
    if (!isWithinItem) {
      noteStart();
    }
    boolean isNew =
        isWithinItem
            ? isNew()
            : !isPatched || isAtEnd || (isLinewise() && item.line() > lastEnd.line());
    if (isNew) {
      plays.unreadable(
          found(), isAtEnd ? "the file ends in the middle" : BROKEN.formatted(item.offset()));
    }
    plays.damaged(Place.of(file));
    if (isNew || brokenItem == null) {
      brokenItem = item;
    }
    isPatched = true;
  }

  private boolean isAtEnd(JsonProcessingException failure) {
    return failure instanceof JsonEOFException
        || (in.hasEnded()
            && failure.getLocation() != null
            && spot(failure.getLocation()).offset() >= in.position());
  }

  /** Begins anew at the next object, with what is left of the array around it. */
  private boolean findNext() throws IOException {
    json.close();
    Spot from = isWithinItem ? item.next() : lastEnd;
    isWithinItem = false;
    in.seek(from.offset());
    Optional<Spot> found = new ObjectSearch(in, from, brokenItem).find(this::passed);
    if (found.isEmpty()) {
      return false;
    }
    base = found.get();
    lastEnd = base;
    in.seek(base.offset());
    prefix = isArray ? ARRAY.length : 0;
    json =
        JSON.createParser(
            isArray ? new SequenceInputStream(new ByteArrayInputStream(ARRAY), in) : in);
    return true;
  }

  /** Whether it is JSONL. */
  private boolean isLinewise() {
    return !isArray && !hasContainer;
  }

  /** A line without what looks like an object. */
  private void passed(Spot begin) {
    if (isLinewise()) {
      item = begin;
      plays.unreadable(found(), BROKEN.formatted(begin.offset()));
    }
  }

  private Spot spot(JsonLocation location) {
    return base.at(location, prefix);
  }
}
