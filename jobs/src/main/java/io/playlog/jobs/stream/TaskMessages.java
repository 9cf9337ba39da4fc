package io.playlog.jobs.stream;

import io.playlog.jobs.schema.EventHour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectReason;
import io.playlog.listen.RejectedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A task's messages: tells listens from dead letters, and counts both per Kafka partition. */
final class TaskMessages {
  private final Map<Integer, Long> storedBefore;
  private final Map<String, byte[][]> songs;
  private final Duration lookback;
  private final BiConsumer<Message, RejectReason> deadLetters;
  private final ListenBuffer listens = new ListenBuffer();
  private final Map<Integer, Tally> tallies = new HashMap<>();

  /**
   * @param storedBefore per Kafka partition, the offset before which all messages are stored
   * @param songs encoded columns by song name, see {@link SongColumns}
   * @param lookback {@code report.lookback}: a listen whose hour was over for longer when its
   *     message came is late
   * @param deadLetters takes each message that is no listen
   */
  TaskMessages(
      Map<Integer, Long> storedBefore,
      Map<String, byte[][]> songs,
      Duration lookback,
      BiConsumer<Message, RejectReason> deadLetters) {
    this.storedBefore = storedBefore;
    this.songs = songs;
    this.lookback = lookback;
    this.deadLetters = deadLetters;
  }

  TaskMessages read(Iterator<Message> messages) {
    messages.forEachRemaining(this::read);
    return this;
  }

  private void read(Message message) {
    Tally tally =
        tallies.computeIfAbsent(
            message.partition(),
            partition -> new Tally(partition, storedBefore.getOrDefault(partition, 0L)));
    try {
      Listen listen = ListenParser.parse(message.value(), message.timestamp());
      byte[][] song = songs.get(listen.song());
      listens.add(listen, song);
      tally.listen(
          message.offset(),
          listen,
          song != null,
          EventHour.isOlder(listen.eventTimestamp(), lookback, message.timestamp()));
    } catch (RejectedException e) {
      deadLetters.accept(message, e.reason());
      tally.deadLetter(message.offset());
    }
  }

  ListenBuffer listens() {
    return listens;
  }

  List<TaskResult> results() {
    return tallies.values().stream().map(Tally::result).toList();
  }
}
