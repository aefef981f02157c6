package org.drawbridge.routing.change;

import java.util.List;
import java.util.Map;

/**
 * What {@code set} of a route says beside caller and callee.
 *
 * @param headers in the order in which they are made
 * @param privacy whether others learn who calls
 */
public record ChangeRules(List<HeaderRule> headers, Privacy privacy) {

  /** Nothing. */
  public static final ChangeRules NONE = new ChangeRules(List.of(), Privacy.CALLER);

  public ChangeRules {
    headers = List.copyOf(headers);
  }

  /** The changes for one call. */
  public RequestChanges of(HeaderTemplate.Source source) {
    if (headers.isEmpty() && privacy == Privacy.CALLER) {
      return RequestChanges.NONE;
    }
    return new RequestChanges(HeaderRule.edits(headers, source), privacy, Map.of());
  }
}
