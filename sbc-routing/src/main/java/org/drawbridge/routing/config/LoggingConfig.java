package org.drawbridge.routing.config;

/** What is logged: {@code level} and above. */
public record LoggingConfig(Level level) {

  /** Severity, least first. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
