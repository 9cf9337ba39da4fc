package io.playlog.producer.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.listen.Listen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.clients.producer.Callback;

/**
 * A file of what became of each listen, in UTF-8, a line per event: {@code sent}, {@code
 * acknowledged} or {@code failed}, the event timestamp in milliseconds since the epoch, name and
 * song as JSON strings, separated by tabs, such as
 *
 * <pre>sent	1708898400123	"Ada Lovelace"	"Quiet Sparrows"</pre>
 *
 * A line {@code sent} is written before the listen is handed to Kafka's client. A failed listen may
 * be in the topic all the same, and so may one without a second line: the run was killed, or
 * stopped before the listen left. A run killed by SIGKILL leaves lines that are true but lacks the
 * newest ones, some 16 KB that were buffered, and its last line may be cut.
 */
final class Manifest implements AutoCloseable {
  private final Path file;
  private final Writer writer;
  private IOException failure;

  private Manifest(Path file, Writer writer) {
    this.file = file;
    this.writer = writer;
  }

  /**
   * @throws PlaylogException if the file exists, or cannot be made
   */
  static Manifest create(Path file) {
    try {
      return new Manifest(file, Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW));
    } catch (FileAlreadyExistsException e) {
      throw new PlaylogException(
          ErrorCode.BAD_MANIFEST,
          "--manifest: found %s, expected a file that does not exist yet".formatted(file),
          e);
    } catch (IOException e) {
      throw new PlaylogException(
          ErrorCode.BAD_MANIFEST, "--manifest: cannot create %s: %s".formatted(file, e), e);
    }
  }

  /** Returns a callback that writes the outcome and then calls the other one. */
  Callback follow(Listen listen, Callback next) {
    JsonStringEncoder json = JsonStringEncoder.getInstance();
    String line =
        new StringBuilder()
            .append('\t')
            .append(listen.eventTimestamp())
            .append("\t\"")
            .append(json.quoteAsString(listen.name()))
            .append("\"\t\"")
            .append(json.quoteAsString(listen.song()))
            .append("\"\n")
            .toString();
    write("sent", line);
    return (metadata, error) -> {
      next.onCompletion(metadata, error);
      write(error == null ? "acknowledged" : "failed", line);
    };
  }

  /** Once it has failed it goes on failing, so that the sending thread learns of it. */
  private synchronized void write(String event, String line) {
    throwFailure();
    try {
      writer.append(event).append(line);
    } catch (IOException e) {
      failure = e;
    }
    throwFailure();
  }

  private void throwFailure() {
    if (failure != null) {
      throw new UncheckedIOException("Cannot write the manifest %s".formatted(file), failure);
    }
  }

  /**
   * @throws UncheckedIOException if the file is not whole
   */
  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      failure = e;
    }
    throwFailure();
  }
}
