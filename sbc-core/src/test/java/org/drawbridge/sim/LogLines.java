package org.drawbridge.sim;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What one logger says from now on, as level and message. Any thread. */
public final class LogLines implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level before;
  private final AbstractAppender appender;

  private LogLines(Logger logger) {
    this.logger = logger;
    before = logger.getLevel();
    appender =
        new AbstractAppender("lines", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
  }

  /** Listens to the logger of a class. */
  public static LogLines of(Class<?> type) {
    return of(type.getName());
  }

  /** Listens to the logger of this name. */
  public static LogLines of(String name) {
    return new LogLines((Logger) LogManager.getLogger(name));
  }

  /** What was said so far. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeAppender(appender);
    logger.setLevel(before);
  }
}
