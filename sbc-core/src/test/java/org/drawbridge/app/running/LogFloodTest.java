package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
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
  private Instant now = Instant.ofEpochSecond(1_000);

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
    RefusalLog.install(context, () -> now);
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

  private int refused(String source, int times) {
    Logger log = context.getLogger("org.drawbridge.refused.Registrar");
    InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(source), 5060);
    for (int i = 0; i < times; i++) {
      log.info("register.refused aor={} source={} status={}", i, from, 403);
    }
    return written.getAndSet(0);
  }

  @Test
  void whoIsRefusedAllDayDoesNotHideTheOthers() {
    assertThat(refused("192.0.2.1", FLOOD)).isEqualTo(RefusalLog.BURST);
    assertThat(refused("192.0.2.2", 3)).isEqualTo(3);
    now = now.plusMillis(RefusalLog.PAUSE_MILLIS);
    assertThat(refused("192.0.2.1", FLOOD)).isEqualTo(1);
  }

  /**
   * As {@code sip.auth.LoginGuard} writes it, where the failures before it have had their lines.
   */
  @Test
  void aLockoutIsToldAlthoughItsFailuresHaveUsedUpTheShareOfTheirSource() {
    refused("192.0.2.1", FLOOD);
    context.getLogger("org.drawbridge.refused.login").info("login.locked source={}", "192.0.2.1");
    assertThat(written.get()).isEqualTo(1);
  }

  /** One machine has as many addresses of its network as it likes. */
  @Test
  void aNetworkOfIpv6IsOneSource() {
    assertThat(refused("2001:db8::1", FLOOD)).isEqualTo(RefusalLog.BURST);
    assertThat(refused("2001:db8::2", FLOOD)).isZero();
    assertThat(refused("2001:db8:0:1::1", 3)).isEqualTo(3);
  }

  @Test
  void theEndOfEachCallIsTold() {
    assertThat(lines("org.drawbridge.call")).isEqualTo(FLOOD);
  }
}
