package org.drawbridge.app.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody wants of the running program.
 *
 * @param command its name
 * @param arguments as on a command line
 */
public record ControlRequest(String command, List<String> arguments) {

  /** Longest line that is read, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private static final JsonMapper JSON = JsonMapper.shared();

  public ControlRequest {
    arguments = List.copyOf(arguments);
  }

  /** One line without its end. */
  String line() {
    ObjectNode node = JSON.createObjectNode().put("command", command);
    arguments.forEach(node.putArray("arguments")::add);
    return node.toString();
  }

  /** Reads a line; null if it is no request. */
  static @Nullable ControlRequest parse(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (!node.path("command").isString()) {
        return null;
      }
      List<String> arguments = new ArrayList<>();
      node.path("arguments").forEach(argument -> arguments.add(argument.asString("")));
      return new ControlRequest(node.path("command").asString(), arguments);
    } catch (JacksonException e) {
      return null;
    }
  }
}
