package org.drawbridge.metrics;

/** Writes the text format 0.0.4 of Prometheus. */
final class PrometheusText {

  private PrometheusText() {}

  /** Appends all series of one name. */
  static void append(StringBuilder out, String name, Family family) {
    out.append("# HELP ").append(name).append(' ');
    escape(out, family.help, false);
    out.append("\n# TYPE ").append(name).append(family.isGauge ? " gauge\n" : " counter\n");
    family
        .series()
        .forEach(
            (value, now) -> {
              out.append(name);
              if (!family.label.isEmpty()) {
                out.append('{').append(family.label).append("=\"");
                escape(out, value, true);
                out.append("\"}");
              }
              out.append(' ').append(now.getAsLong()).append('\n');
            });
  }

  private static void escape(StringBuilder out, String text, boolean quoted) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append(quoted ? "\\\"" : "\"");
        default -> out.append(c);
      }
    }
  }
}
