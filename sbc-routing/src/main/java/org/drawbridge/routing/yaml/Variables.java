package org.drawbridge.routing.yaml;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code ${NAME}} in a text from the environment. What is filled in is not looked at again.
 */
final class Variables {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)\\}?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Variables() {}

  static @Nullable String fill(String text, YamlValue place, Environment environment) {
    if (!text.contains("${")) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!NAME.matches(name) || !matcher.group().endsWith("}")) {
        return place.problem("an environment variable is written ${NAME}");
      }
      String value = environment.get(name);
      if (value == null) {
        return place.problem("the environment variable " + name + " is not set");
      }
      out.append(text, end, matcher.start()).append(value);
      end = matcher.end();
    }
    return out.append(text, end, text.length()).toString();
  }
}
