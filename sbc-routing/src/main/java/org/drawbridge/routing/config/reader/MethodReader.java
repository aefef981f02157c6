package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.util.List;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code method} of {@code when}: an expression that some request must be able to match. */
final class MethodReader {

  /** The methods that routes are asked about; methods are case-sensitive (RFC 3261 7.1). */
  private static final List<String> METHODS =
      List.of("INVITE", "MESSAGE", "SUBSCRIBE", "PUBLISH", "REFER", "OPTIONS");

  private static final Pattern WORDS = Pattern.compile("[A-Za-z]+(\\|[A-Za-z]+)*");

  private MethodReader() {}

  static @Nullable TextPattern read(YamlValue value) {
    TextPattern pattern = NetworkScalars.pattern(value);
    String wrong = pattern == null ? null : wrong(pattern);
    if (pattern == null || wrong == null) {
      return pattern;
    }
    // What came from the environment is not repeated.
    boolean asWritten = pattern.toString().equals(value.written());
    return value.problem(Section.unknown("method", asWritten ? wrong : value.written(), METHODS));
  }

  /** The part that can never match; of plain words the first such word. */
  private static @Nullable String wrong(TextPattern pattern) {
    String text = pattern.toString();
    if (WORDS.matches(text)) {
      return List.of(text.split("\\|")).stream()
          .filter(word -> !METHODS.contains(word))
          .findFirst()
          .orElse(null);
    }
    return METHODS.stream().anyMatch(pattern::matches) ? null : text;
  }
}
