package org.drawbridge.limit;

import java.math.BigDecimal;
import java.util.List;
import org.drawbridge.routing.limit.Bounds;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.number.PhoneNumbers;
import org.jspecify.annotations.Nullable;

/** Which limit keeps a call out. */
public enum LimitKind {
  /** Calls at once. */
  CALLS,
  /** New calls in a time. */
  RATE,
  /** Minutes of talk today. */
  MINUTES,
  /** The country that is called. */
  COUNTRY,
  /** What a minute costs. */
  PRICE;

  /** What a refusal says of whoever is limited. */
  String words(Limits limits) {
    return switch (this) {
      case CALLS -> "is at its limit of " + limits.calls() + " calls at once";
      case RATE -> "is at its limit of " + limits.rate() + " new calls";
      case MINUTES -> "is at its limit of " + limits.minutesADay() + " minutes a day";
      case COUNTRY -> "calls no other country than " + countries(limits);
      case PRICE -> "calls at no higher price than " + limits.destinations().maxPrice();
    };
  }

  private static String countries(Limits limits) {
    return String.join(", ", limits.destinations().countries());
  }

  /** Whether it is about where a call goes, and not about how many there are. */
  boolean isForbidden() {
    return this == COUNTRY || this == PRICE;
  }

  /** Why a number may not be called by a trunk; null if it may. */
  static @Nullable LimitKind ofDestination(
      Limits limits, Bounds bounds, String trunk, String number) {
    List<String> countries = limits.destinations().countries();
    if (!countries.isEmpty()) {
      String country = PhoneNumbers.country(number, countries.getFirst());
      if (country == null || !countries.contains(country)) {
        return COUNTRY;
      }
    }
    BigDecimal most = limits.destinations().maxPrice();
    if (most == null) {
      return null;
    }
    BigDecimal price = bounds.price(trunk, number);
    return price == null || price.compareTo(most) > 0 ? PRICE : null;
  }
}
