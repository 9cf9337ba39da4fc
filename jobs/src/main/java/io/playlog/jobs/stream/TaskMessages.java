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
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/** A task's messages: tells listens from dead letters, and counts both per Kafka partition. */
final class TaskMessages {
  private final Map<Integer, Long> storedBefore;
  private final Predicate<String> isKnownSong;
  private final Duration lookback;
  private final BiConsumer<Message, RejectReason> deadLetters;
  private final ListenBuffer listens = new ListenBuffer();
  private final Map<Integer, Tally> tallies = new HashMap<>();

  /**
   * @param storedBefore per Kafka partition, the offset before which all messages are stored
   * @param lookback {@code report.lookback}: a listen whose hour was over for longer when its
   *     message came is late
   * @param deadLetters takes each message that is no listen
   */
  TaskMessages(
      Map<Integer, Long> storedBefore,
      Predicate<String> isKnownSong,
      Duration lookback,
      BiConsumer<Message, RejectReason> deadLetters) {
    this.storedBefore = storedBefore;
    this.isKnownSong = isKnownSong;
    this.lookback = lookback;
    this.deadLetters = deadLetters;
  }

  /**
   * @param rows with the columns of {@link Message#COLUMNS}
   */
  TaskMessages read(Iterator<Row> rows) {
    rows.forEachRemaining(row -> read(Message.of(row)));
    return this;
  }

  private void read(Message message) {
    Tally tally =
        tallies.computeIfAbsent(
            message.partition(),
            partition -> new Tally(partition, storedBefore.getOrDefault(partition, 0L)));
    try {
      Listen listen = ListenParser.parse(message.value(), message.timestamp());
      listens.add(listen);
      tally.listen(
          message.offset(),
          listen,
          isKnownSong.test(listen.song()),
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
