package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.drawbridge.app.running.Sbc;
import org.junit.jupiter.api.Test;

/** The lines of the log as the program writes them. */
final class LogLayoutTest {

  private static String line(String message) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Sbc.class.getResourceAsStream("/log4j2.properties")) {
      properties.load(Objects.requireNonNull(in));
    }
    return PatternLayout.newBuilder()
        .withPattern(properties.getProperty("appender.console.layout.pattern"))
        .build()
        .toSerializable(
            Log4jLogEvent.newBuilder()
                .setLoggerName("org.drawbridge.register")
                .setLevel(Level.INFO)
                .setMessage(new SimpleMessage(message))
                .build());
  }

  @Test
  void aUserPartThatIsALineBreakUnescapedBeginsNoLine() throws IOException {
    assertThat(line("register.refused aor=x\r\n2026 INFO forged"))
        .endsWith("register.refused aor=x\\r\\n2026 INFO forged\n")
        .hasLineCount(1);
  }

  @Test
  void theTimeIsThatOfOneMomentAlsoInAnHourThatComesTwice() throws IOException {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String time = line("x").split(" ")[0].replace(',', '.');
    assertThat(OffsetDateTime.parse(time).toInstant()).isBetween(before, Instant.now());
  }

  @Test
  void anEscapeSequenceDoesNothingToATerminal() throws IOException {
    assertThat(line("register.refused aor=x\u001b[2J\u009b1m\u0007\ty"))
        .endsWith("register.refused aor=x?[2J?1m??y\n");
  }

  @Test
  void quotesAndLettersStayAsTheyAre() throws IOException {
    assertThat(line("reason=\"<Häuser> & 'Co'\""))
        .endsWith("register reason=\"<Häuser> & 'Co'\"\n");
  }
}
