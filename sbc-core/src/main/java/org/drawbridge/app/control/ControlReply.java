package org.drawbridge.app.control;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a {@link ControlRequest}.
 *
 * @param ok whether it did what was wanted
 * @param text the same for people, lines ended by line feeds; other control characters, which are
 *     in names that peers give themselves, are for no terminal and become question marks
 * @param data the same for programs; may be an empty object
 */
public record ControlReply(boolean ok, String text, JsonNode data) {

  /** Longest reply that is read, in bytes. */
  static final int MAX_BYTES = 64 * 1024 * 1024;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\n]]");

  public ControlReply {
    text = CONTROL.matcher(text).replaceAll("?");
  }

  /** A reply in words alone. */
  public static ControlReply words(boolean ok, String text) {
    return new ControlReply(ok, text, JSON.createObjectNode());
  }

  /** The data as JSON for a terminal, which it does nothing to either. */
  public String prettyData() {
    return CONTROL
        .matcher(data.toPrettyString())
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  String json() {
    return JSON.createObjectNode().put("ok", ok).put("text", text).set("data", data).toString();
  }

  /** Reads a reply; null if it is none. */
  static @Nullable ControlReply parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.path("ok").isBoolean()
          ? new ControlReply(
              node.path("ok").asBoolean(), node.path("text").asString(""), node.path("data"))
          : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
