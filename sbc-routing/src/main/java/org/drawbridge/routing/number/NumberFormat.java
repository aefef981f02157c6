package org.drawbridge.routing.number;

/** How a trunk wants to see numbers that are {@code +} and country code with us. */
public sealed interface NumberFormat {

  /** As routed. */
  NumberFormat AS_ROUTED = new Unchanged();

  /** The number as the trunk wants it; what does not begin with {@code +} stays as it is. */
  String of(String number);

  /** As routed. */
  record Unchanged() implements NumberFormat {
    @Override
    public String of(String number) {
      return number;
    }
  }

  /** Country code first, without {@code +}. */
  record PlusLess() implements NumberFormat {
    @Override
    public String of(String number) {
      return number.startsWith("+") ? number.substring(1) : number;
    }
  }

  /** With {@code +}, also where it was dialled otherwise in a country. */
  record E164(String country) implements NumberFormat {
    @Override
    public String of(String number) {
      String international = PhoneNumbers.international(number, country);
      return international == null ? number : international;
    }
  }

  /** As dialled in a country. */
  record National(String country) implements NumberFormat {
    @Override
    public String of(String number) {
      return PhoneNumbers.national(number, country);
    }
  }
}
