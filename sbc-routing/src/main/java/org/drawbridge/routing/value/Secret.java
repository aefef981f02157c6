package org.drawbridge.routing.value;

/** A text that must never reach a log: only {@link #reveal} gives it away. */
public record Secret(String reveal) {

  @Override
  public String toString() {
    return "***";
  }
}
