package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers make the program say is bounded; what happens to calls is always told. */
final class LogFloodTest {

  private static final int FLOOD = 50_000;

  private final LoggerContext context = new LoggerContext("flood");
  private final AtomicInteger written = new AtomicInteger();

  @BeforeEach
  void configure() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Sbc.class.getResourceAsStream("/log4j2.properties")) {
      properties.load(Objects.requireNonNull(in));
    }
    properties.remove("rootLogger.appenderRef.console.ref");
    context.start(
        new PropertiesConfigurationBuilder()
            .setRootProperties(properties)
            .setLoggerContext(context)
            .build());
    AbstractAppender counting =
        new AbstractAppender("counting", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            written.incrementAndGet();
          }
        };
    counting.start();
    context.getConfiguration().getRootLogger().addAppender(counting, Level.ALL, null);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private int lines(String logger) {
    Logger log = context.getLogger(logger);
    for (int i = 0; i < FLOOD; i++) {
      log.info("call.refused call-id={}", i);
    }
    return written.getAndSet(0);
  }

  @Test
  void aFloodOfRefusalsDoesNotFillTheDisk() {
    assertThat(lines("org.drawbridge.refused.call")).isBetween(500, FLOOD / 10);
    assertThat(lines("org.drawbridge.refused.Registrar")).isLessThan(FLOOD / 10);
  }

  @Test
  void theEndOfEachCallIsTold() {
    assertThat(lines("org.drawbridge.call")).isEqualTo(FLOOD);
  }
}
