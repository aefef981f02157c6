package org.drawbridge.routing.pattern;

import java.util.List;
import org.drawbridge.routing.number.PhoneNumbers;

/** How a number is changed. */
public sealed interface Rewrite {

  /**
   * The new number.
   *
   * @param original the number before
   * @param groups what {@link TextPattern#match} captured from it, {@code original} first
   */
  String apply(String original, List<String> groups);

  /** Whether it makes the same of every number, so that it also takes the place of a service. */
  default boolean isFixed() {
    return false;
  }

  /** What to say where nothing is left. */
  default String emptiness() {
    return "rewriting leaves nothing of the number";
  }

  /** Build it from text and captures. */
  record FromTemplate(Template template) implements Rewrite {

    @Override
    public String apply(String original, List<String> groups) {
      return template.fill(groups);
    }

    @Override
    public boolean isFixed() {
      return template.isFixed();
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

  /**
   * Read the number as dialled in a country and write it with plus and country code; nothing is
   * left of what is no number there.
   *
   * @param first what is done to it before
   * @param country by its two letters
   */
  record International(Rewrite first, String country) implements Rewrite {

    @Override
    public String apply(String original, List<String> groups) {
      String number = PhoneNumbers.international(first.apply(original, groups), country);
      return number == null ? "" : number;
    }

    @Override
    public String emptiness() {
      return "it is no possible number in " + country;
    }
  }
}
