package io.playlog.jobs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What our classes log while it is open, as {@code LEVEL message}. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  private final Logger logger = (Logger) LogManager.getLogger("io.playlog");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogLines() {
    super("test", null, null, true, Property.EMPTY_ARRAY);
    start();
    logger.addAppender(this);
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
  }

  /** Those that begin so, oldest first. */
  public List<String> beginning(String text) {
    return lines.stream().filter(line -> line.startsWith(text)).toList();
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
