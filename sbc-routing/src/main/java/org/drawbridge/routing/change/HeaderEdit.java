package org.drawbridge.routing.change;

/** One change of the headers of an outgoing request, ready to be made. */
public sealed interface HeaderEdit {

  /** The name of the header. */
  String name();

  /** The header has this one value, whatever it had before. */
  record Set(String name, String value) implements HeaderEdit {}

  /** The header gets one line more. */
  record Add(String name, String value) implements HeaderEdit {}

  /** The header goes. */
  record Remove(String name) implements HeaderEdit {}

  /** What the sender wrote passes; a name that ends in {@code *} stands for all it begins. */
  record Keep(String name) implements HeaderEdit {

    /** Whether a header is meant. */
    public boolean covers(String header) {
      int stem = name.length() - 1;
      return name.endsWith("*")
          ? header.regionMatches(true, 0, name, 0, stem)
          : header.equalsIgnoreCase(name);
    }
  }
}
