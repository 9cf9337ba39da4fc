package io.playlog.jobs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged while it is open, as {@code LEVEL message}. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** By our classes. */
  public LogLines() {
    this("io.playlog");
  }

  /**
   * @param logger one that the configuration names
   */
  public LogLines(String logger) {
    super("test", null, null, true, Property.EMPTY_ARRAY);
    this.logger = (Logger) LogManager.getLogger(logger);
    start();
    this.logger.addAppender(this);
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
