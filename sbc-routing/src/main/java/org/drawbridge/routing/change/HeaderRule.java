package org.drawbridge.routing.change;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of headers as written in a route or at a trunk. */
public sealed interface HeaderRule {

  /** The change for a call; null where there is nothing to write. */
  @Nullable HeaderEdit edit(HeaderTemplate.Source source);

  /** The changes for a call, in the order of the rules. */
  static List<HeaderEdit> edits(List<HeaderRule> rules, HeaderTemplate.Source source) {
    List<HeaderEdit> edits = new ArrayList<>(rules.size());
    for (HeaderRule rule : rules) {
      HeaderEdit edit = rule.edit(source);
      if (edit != null) {
        edits.add(edit);
      }
    }
    return edits;
  }

  /** A change that is the same for each call. */
  record Fixed(HeaderEdit always) implements HeaderRule {
    @Override
    public HeaderEdit edit(HeaderTemplate.Source source) {
      return always;
    }
  }

  /** The header has this one value. */
  record Set(String name, HeaderTemplate value) implements HeaderRule {
    @Override
    public @Nullable HeaderEdit edit(HeaderTemplate.Source source) {
      String text = value.fill(source);
      return text.isEmpty() ? null : new HeaderEdit.Set(name, text);
    }
  }

  /** The header gets one line more. */
  record Add(String name, HeaderTemplate value) implements HeaderRule {
    @Override
    public @Nullable HeaderEdit edit(HeaderTemplate.Source source) {
      String text = value.fill(source);
      return text.isEmpty() ? null : new HeaderEdit.Add(name, text);
    }
  }
}
