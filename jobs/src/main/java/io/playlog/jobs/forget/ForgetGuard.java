package io.playlog.jobs.forget;

import static java.util.stream.Collectors.toSet;

import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.store.Forgotten;
import io.playlog.store.Forgotten.Mark;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For a job that writes what it has read: between the two, somebody may be forgotten. It asks for
 * the marks before it reads; if there are others when it has written, it erases once more what it
 * may have brought back. Neither waits for the other, and nearly always both reads find nothing.
 */
public final class ForgetGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ForgetGuard.class);

  private final JobContext job;
  private final Forgotten forgotten;
  private final Predicate<Mark> harmless;
  private List<Mark> known = List.of();

  private ForgetGuard(JobContext job, Predicate<Mark> harmless) {
    this.job = job;
    this.forgotten = new Forgotten(job.session(), job.config().kafka().topic());
    this.harmless = harmless;
  }

  /** For a job that reads messages, and leaves out those that a mark which it knows holds. */
  public static ForgetGuard ofMessages(JobContext job) {
    return new ForgetGuard(job, mark -> true);
  }

  /** For a job that reads rows, which may be those that are being erased. */
  public static ForgetGuard ofRows(JobContext job) {
    return new ForgetGuard(job, Mark::erased);
  }

  /**
   * For a stream at its start: a batch that it had not finished may have been of before a mark
   * which no stream has obeyed yet.
   *
   * @param stored before which all messages are stored
   */
  public void recover(Offsets stored) throws InterruptedException {
    for (Mark mark : begin()) {
      if (!mark.obeyed()) {
        erase(mark, topic -> stored);
      }
    }
    obey();
  }

  /** Before the job reads; returns the marks that it has to obey if it reads messages. */
  public List<Mark> begin() {
    known = forgotten.read();
    return known;
  }

  /** When all is written. */
  public void end() throws InterruptedException {
    Set<UUID> before = known.stream().filter(harmless).map(Mark::id).collect(toSet());
    known = forgotten.read();
    for (Mark mark : known) {
      if (!before.contains(mark.id())) {
        erase(mark, Topic::endOffsets);
      }
    }
  }

  private void erase(Mark mark, Function<Topic, Offsets> storedAtMost) throws InterruptedException {
    LOG.info("A listener was forgotten meanwhile (mark {}): what came back is erased", mark.id());
    new Erasure(job).erase(mark, storedAtMost);
  }

  /**
   * For a stream between two batches: no batch that does not know these marks can store any more.
   */
  public void obey() {
    known.stream().filter(mark -> !mark.obeyed()).forEach(forgotten::setObeyed);
  }
}
