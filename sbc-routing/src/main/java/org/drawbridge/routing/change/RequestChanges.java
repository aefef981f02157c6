package org.drawbridge.routing.change;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the requests of one call differ from what would go out otherwise.
 *
 * @param headers in the order in which they are made
 * @param privacy whether others learn who calls
 * @param trunks what is changed after that toward a trunk that asks for it, by the trunk's name
 */
public record RequestChanges(
    List<HeaderEdit> headers, Privacy privacy, Map<String, List<HeaderEdit>> trunks) {

  /** Not at all. */
  public static final RequestChanges NONE = new RequestChanges(List.of(), Privacy.CALLER, Map.of());

  public RequestChanges {
    headers = List.copyOf(headers);
    trunks = Map.copyOf(trunks);
  }

  /** These, and what else is changed toward a trunk. */
  public RequestChanges toward(String trunk, List<HeaderEdit> edits) {
    Map<String, List<HeaderEdit>> more = new HashMap<>(trunks);
    more.put(trunk, List.copyOf(edits));
    return new RequestChanges(headers, privacy, more);
  }
}
