package org.drawbridge.routing.value;

/** The ports from {@code first} to {@code last}, both included. */
public record PortRange(int first, int last) {

  /** Whether {@code port} lies in the range. */
  public boolean contains(int port) {
    return port >= first && port <= last;
  }

  /** Whether the two ranges share a port. */
  public boolean overlaps(PortRange other) {
    return first <= other.last && other.first <= last;
  }

  /** How many ports the range has. */
  public int size() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
