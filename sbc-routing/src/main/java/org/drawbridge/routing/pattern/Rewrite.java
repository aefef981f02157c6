package org.drawbridge.routing.pattern;

import java.util.List;

/** How a number is changed. */
public sealed interface Rewrite {

  /**
   * The new number.
   *
   * @param original the number before
   * @param groups what {@link TextPattern#match} captured from it, {@code original} first
   */
  String apply(String original, List<String> groups);

  /** Build it from text and captures. */
  record FromTemplate(Template template) implements Rewrite {

    @Override
    public String apply(String original, List<String> groups) {
      return template.fill(groups);
    }
  }

  /**
   * Take leading characters away, then put others in front.
   *
   * @param strip how many to take away; a shorter number is emptied
   * @param add what to put in front
   */
  record StripAndAdd(int strip, String add) implements Rewrite {

    @Override
    public String apply(String original, List<String> groups) {
      return add + original.substring(Math.min(strip, original.length()));
    }
  }
}
