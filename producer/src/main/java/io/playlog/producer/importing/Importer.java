package io.playlog.producer.importing;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.producer.importing.Judge.Verdict;
import io.playlog.producer.importing.Report.Summary;
import io.playlog.producer.importing.files.ExportFiles;
import io.playlog.producer.importing.files.FileVisitor;
import io.playlog.producer.importing.formats.ExportReader;
import io.playlog.producer.importing.formats.Place;
import io.playlog.producer.importing.formats.Play;
import io.playlog.producer.importing.formats.Plays;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads all files, sends what becomes a listen, and keeps the account. */
final class Importer implements FileVisitor, Plays {
  /** Of files, in a message. */
  private static final int SHOWN = 5;

  private final ImportPlan plan;
  private final Judge judge;
  private final Report report;
  private final Consumer<byte[]> sender;
  private final BooleanSupplier isStopped;
  private final ExportFiles files = new ExportFiles();
  private final ExportReader reader = new ExportReader(this);
  private final Account account = new Account();
  private final Set<String> damaged = new LinkedHashSet<>();
  private final List<Path> withoutListens = new ArrayList<>();
  private long recognised;
  private boolean isComplete;

  /** Ends the reading, wherever it is. */
  private static final class StoppedException extends RuntimeException {
    private StoppedException() {
      super(null, null, false, false);
    }
  }

  /**
   * @param now milliseconds since the epoch
   * @param sender takes the messages
   * @param isStopped whether the run is to end early
   */
  Importer(
      ImportPlan plan,
      long now,
      Report report,
      Consumer<byte[]> sender,
      BooleanSupplier isStopped) {
    this.plan = plan;
    this.judge = new Judge(plan, now);
    this.report = report;
    this.sender = sender;
    this.isStopped = isStopped;
  }

  /** Reads until all is read, or the run is stopped. */
  void read() {
    try {
      for (Path path : plan.paths()) {
        long before = recognised;
        files.visit(path, this);
        if (recognised == before) {
          withoutListens.add(path);
        }
      }
      isComplete = true;
    } catch (StoppedException e) {
      // The account says how far it came.
    }
  }

  long bytesRead() {
    return files.bytesRead();
  }

  @Override
  public void file(String file, InputStream in) {
    Optional<String> otherKind = reader.read(file, in);
    if (otherKind.isPresent()) {
      report.notRecognised(file, otherKind.get());
    } else {
      recognised++;
    }
  }

  @Override
  public void unopened(String file, String problem) {
    Place place = Place.of(file);
    found();
    unreadable(place, problem);
    damaged(place);
  }

  @Override
  public void notAFile(String path) {
    report.notRecognised(path, "neither a file nor a folder");
  }

  @Override
  public void found() {
    if (isStopped.getAsBoolean()) {
      throw new StoppedException();
    }
    account.found();
  }

  @Override
  public void play(Place place, Play play) {
    Verdict verdict = judge.judge(play);
    account.add(verdict.kind());
    if (verdict.kind() == Kind.SENT) {
      sender.accept(verdict.message());
    } else {
      report.line(verdict.kind(), place, verdict.reason());
    }
  }

  @Override
  public void unreadable(Place place, String reason) {
    account.add(Kind.UNREADABLE);
    report.line(Kind.UNREADABLE, place, reason);
  }

  @Override
  public void damaged(Place place) {
    damaged.add(place.file());
  }

  /**
   * Prints the account.
   *
   * @param acknowledged how many messages Kafka has
   * @throws IllegalStateException if it does not add up
   */
  void end(long acknowledged) {
    account.settle(acknowledged);
    judge.listens().forEachAlike(report::alike);
    report.end(new Summary(plan, account, recognised, List.copyOf(damaged), isComplete()));
    account.check();
  }

  /** Whether nothing has ended the reading early, and Kafka has all that was to be sent. */
  boolean isComplete() {
    return isComplete && account.count(Kind.NOT_SENT) == 0;
  }

  /** How many messages were handed over. */
  long toSend() {
    return account.count(Kind.SENT);
  }

  /**
   * @throws PlaylogException if there is more than could be read
   */
  void requireWhole() {
    List<String> problems = new ArrayList<>();
    withoutListens.forEach(path -> problems.add(path + " holds no listens"));
    damaged.forEach(file -> problems.add(file + " is damaged or ends early"));
    if (!problems.isEmpty()) {
      int more = Math.max(0, problems.size() - SHOWN);
      throw new PlaylogException(
          ErrorCode.EXPORT_INCOMPLETE,
          "Not all could be read: %s%s. What could be read is in the account. Download these again, and import them again"
              .formatted(
                  String.join("; ", problems.subList(0, problems.size() - more)),
                  more == 0 ? "" : "; and %d more".formatted(more)));
    }
  }
}
