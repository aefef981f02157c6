package org.drawbridge.b2bua;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.drawbridge.media.api.Keys;
import org.jspecify.annotations.Nullable;

/**
 * A pressed key as bodies of INFO have it: {@code application/dtmf-relay}, lines of {@code Signal}
 * and {@code Duration}, or {@code application/dtmf}, the key alone. No RFC defines either.
 *
 * @param key 0 to 9, *, #, A to D, or ! for hook flash
 * @param millis how long it was down
 */
record KeyBody(char key, int millis) {

  /** The form that is written, and that everybody reads. */
  static final String RELAY = "application/dtmf-relay";

  private static final String PLAIN = "application/dtmf";

  /** Where a body does not say. */
  private static final int USUAL_MILLIS = 160;

  private static final int MAX_MILLIS = 10_000;
  private static final int MAX_LENGTH = 200;

  /** Reads a body, null if it is of another kind or does not name a key. */
  static @Nullable KeyBody read(@Nullable String contentType, String body) {
    if (contentType == null || body.length() > MAX_LENGTH) {
      return null;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case PLAIN, RELAY -> body.indexOf('=') < 0 ? of(body, USUAL_MILLIS) : lines(body);
      default -> null;
    };
  }

  private static @Nullable KeyBody lines(String body) {
    String signal = "";
    int millis = USUAL_MILLIS;
    for (String line : body.split("[\r\n]+")) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      String value = line.substring(equals + 1).strip();
      if (name.equalsIgnoreCase("Signal")) {
        signal = value;
      } else if (name.equalsIgnoreCase("Duration") && value.matches("[0-9]{1,5}")) {
        millis = Math.min(Integer.parseInt(value), MAX_MILLIS);
      }
    }
    return of(signal, millis);
  }

  /** Some name the keys beyond 9 by their event codes. */
  private static @Nullable KeyBody of(String text, int millis) {
    String signal = text.strip();
    if (signal.matches("1[0-6]")) {
      return new KeyBody(Keys.key(Integer.parseInt(signal)), millis);
    }
    int event = signal.length() == 1 ? Keys.event(signal.charAt(0)) : Keys.NONE;
    return event == Keys.NONE ? null : new KeyBody(Keys.key(event), millis);
  }

  /** As {@link #RELAY}. */
  byte[] bytes() {
    String text = "Signal=" + key + "\r\nDuration=" + millis + "\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
