package org.drawbridge.routing.change;

import java.util.ArrayList;
import java.util.List;

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
    List<HeaderEdit> edits = new ArrayList<>(headers.size());
    for (HeaderRule rule : headers) {
      HeaderEdit edit = rule.edit(source);
      if (edit != null) {
        edits.add(edit);
      }
    }
    return new RequestChanges(edits, privacy);
  }
}
