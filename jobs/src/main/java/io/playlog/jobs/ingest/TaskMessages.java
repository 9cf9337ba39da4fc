package io.playlog.jobs.ingest;

import io.playlog.jobs.deadletters.DeadLetter;
import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.Offsets;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectReason;
import io.playlog.listen.RejectedException;
import io.playlog.store.ForgottenListens;
import io.playlog.store.ListenBuffer;
import io.playlog.store.SongColumns;
import io.playlog.store.Songs;
import io.playlog.store.Songs.Match;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A task's messages: tells listens from invalid messages, and counts both per Kafka partition. */
final class TaskMessages {
  private final Offsets storedBefore;
  private final Songs songs;
  private final BiConsumer<Message, RejectReason> deadLetters;
  private final ForgottenListens forgotten;
  private final String topic;
  private final ListenBuffer listens = new ListenBuffer();
  private final Map<Integer, PartitionCounter> counters = new HashMap<>();
  private PartitionCounter current;

  /**
   * @param storedBefore offsets before which all messages are stored
   * @param deadLetters takes each invalid message
   * @param forgotten which are neither stored nor counted
   * @param topic the source topic
   */
  TaskMessages(
      Offsets storedBefore,
      Songs songs,
      BiConsumer<Message, RejectReason> deadLetters,
      ForgottenListens forgotten,
      String topic) {
    this.storedBefore = storedBefore;
    this.songs = songs;
    this.deadLetters = deadLetters;
    this.forgotten = forgotten;
    this.topic = topic;
  }

  TaskMessages read(Iterator<Message> messages) {
    messages.forEachRemaining(this::read);
    return this;
  }

  private void read(Message message) {
    PartitionCounter counter = counter(message.partition());
    try {
      Listen listen = ListenParser.parse(message.value(), message.timestamp());
      if (forgotten.knows(listen.name())
          && forgotten.holds(listen, DeadLetter.originOf(message, topic))) {
        return;
      }
      String artist = listen.details().artist();
      SongColumns exact = songs.exact(listen.song(), artist);
      SongColumns song = exact == null ? songs.folded(listen.song(), artist) : exact;
      listens.add(listen, song);
      counter.listen(message.offset(), listen, Match.of(exact, song));
    } catch (RejectedException e) {
      deadLetters.accept(message, e.reason());
      counter.deadLetter(message.offset(), e.reason());
    }
  }

  /** A task of the stream has the messages of one partition, which come one after the other. */
  private PartitionCounter counter(int partition) {
    if (current == null || current.partition() != partition) {
      current =
          counters.computeIfAbsent(
              partition, absent -> new PartitionCounter(partition, storedBefore.of(partition)));
    }
    return current;
  }

  ListenBuffer listens() {
    return listens;
  }

  List<IngestResult> results() {
    return counters.values().stream().map(PartitionCounter::result).toList();
  }
}
