package org.drawbridge.routing.change;

import java.util.List;

/**
 * How the requests of one call differ from what would go out otherwise.
 *
 * @param headers in the order in which they are made
 * @param privacy whether others learn who calls
 */
public record RequestChanges(List<HeaderEdit> headers, Privacy privacy) {

  /** Not at all. */
  public static final RequestChanges NONE = new RequestChanges(List.of(), Privacy.CALLER);

  public RequestChanges {
    headers = List.copyOf(headers);
  }
}
