package org.drawbridge.routing.price;

import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;

/** What became of reading a price list. */
public sealed interface PriceResult {

  /** It was read whole. */
  record Loaded(PriceTable prices) implements PriceResult {}

  /** It has mistakes; all of them up to a bound. */
  record Refused(List<ConfigProblem> problems) implements PriceResult {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
