package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.yaml.ConfigProblem;

/** Reads configurations from text in tests. */
public final class ConfigText {

  /** The least that a file must say. */
  public static final String MINIMAL =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", "from-env", "DOT", ".*");

  private ConfigText() {}

  /** Reads a text, whatever comes of it. */
  public static ConfigResult read(String text) {
    return ConfigReader.parse(text, "sbc.yaml", ENVIRONMENT::get);
  }

  /** The configuration that a text without mistakes holds. */
  public static SbcConfig config(String text) {
    return loaded(text).config();
  }

  /** The result of reading a text without mistakes. */
  public static ConfigResult.Loaded loaded(String text) {
    ConfigResult result = read(text);
    assertThat(result).as(result::toString).isInstanceOf(ConfigResult.Loaded.class);
    return (ConfigResult.Loaded) result;
  }

  /** The mistakes in a text that has some. */
  public static List<ConfigProblem> problems(String text) {
    ConfigResult result = read(text);
    assertThat(result).isInstanceOf(ConfigResult.Refused.class);
    return ((ConfigResult.Refused) result).problems();
  }

  /** Asserts that a minimal file with these lines has this mistake where the mark § stands. */
  public static void assertProblem(String marked, String message) {
    String text = MINIMAL + marked;
    int at = text.indexOf('§');
    String before = text.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = at - before.lastIndexOf('\n');
    assertThat(problems(text.replace("§", "")))
        .contains(new ConfigProblem("sbc.yaml", line, column, message));
  }

  /** Asserts that a whole file has one mistake only, this one where the mark § stands. */
  public static void assertOnlyProblem(String marked, String message) {
    int mark = marked.indexOf('§');
    String before = marked.substring(0, mark);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = mark - before.lastIndexOf('\n');

    assertThat(problems(before + marked.substring(mark + 1)))
        .map(ConfigProblem::toString)
        .containsExactly("sbc.yaml:" + line + ":" + column + ": " + message);
  }
}
