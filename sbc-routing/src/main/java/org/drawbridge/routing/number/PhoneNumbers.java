package org.drawbridge.routing.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Telephone numbers as the plans of all countries have them (ITU-T E.164). Thread-safe; a number
 * takes ten to thirty microseconds, most of them for expressions of its plan.
 */
public final class PhoneNumbers {

  /** E.164 has 15 digits at most; people dial some before and write signs between them. */
  private static final int MAX_DIALLED = 40;

  private static final int MAX_EXTENSION = 6;
  private static final int LONGEST_CODE = 3;

  /** What the plans call the country of a number that none has. */
  private static final String UNKNOWN = "ZZ";

  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  private PhoneNumbers() {}

  /** The countries there are, by their two letters (ISO 3166-1). */
  public static Set<String> countries() {
    return PLANS.getSupportedRegions();
  }

  /**
   * What was dialled in a country as {@code +} and country code, or null where it is no number that
   * the plan of its country has room for.
   */
  public static @Nullable String international(String dialled, String country) {
    PhoneNumber number = parsed(dialled, country);
    return number == null ? null : PLANS.format(number, PhoneNumberFormat.E164);
  }

  /**
   * The global number that a local one stands for, or null where it stands for none: emergency and
   * other short numbers are local ones of a country and are in no global number (RFC 3966 section
   * 5.1.5).
   *
   * @param context {@code +} and the first digits of global numbers: a country code alone, and the
   *     local number is one as dialled there, or more, and it is the rest
   */
  public static @Nullable String global(String local, String context) {
    String digits = PhoneNumberUtil.normalizeDigitsOnly(context);
    String country =
        digits.isEmpty() || digits.length() > LONGEST_CODE
            ? UNKNOWN
            : PLANS.getRegionCodeForCountryCode(Integer.parseInt(digits));
    return country.equals(UNKNOWN) || country.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY)
        ? international(context + local, UNKNOWN)
        : international(local, country);
  }

  /**
   * A number of {@code +} and country code as it is dialled in a country: {@code 030123456} for
   * {@code +4930123456} in Germany, {@code 0044...} for one abroad. Anything else stays as it is,
   * and so does one abroad in a country where a carrier has to be chosen first, as in Brazil.
   */
  public static String national(String number, String country) {
    PhoneNumber parsed = number.startsWith("+") ? parsed(number, country) : null;
    if (parsed == null) {
      return number;
    }
    String text =
        PLANS.getCountryCodeForRegion(country) == parsed.getCountryCode()
            ? PLANS.format(parsed, PhoneNumberFormat.NATIONAL)
            : PLANS.formatOutOfCountryCallingNumber(parsed, country);
    return text.startsWith("+") ? number : PhoneNumberUtil.normalizeDigitsOnly(text);
  }

  /**
   * The country that a number belongs to, by its two letters, or null where it is no number. Where
   * several countries share a code, what none of the others has belongs to the largest of them.
   *
   * @param home where numbers without {@code +} are dialled
   */
  public static @Nullable String country(String dialled, String home) {
    PhoneNumber number = parsed(dialled, home);
    if (number == null) {
      return null;
    }
    String country = PLANS.getRegionCodeForNumber(number);
    return country == null ? PLANS.getRegionCodeForCountryCode(number.getCountryCode()) : country;
  }

  private static @Nullable PhoneNumber parsed(String dialled, String country) {
    if (!isWritten(dialled)) {
      return null;
    }
    try {
      PhoneNumber number = PLANS.parse(dialled, country);
      return isLikely(number) ? number : null;
    } catch (NumberParseException _) {
      return null;
    }
  }

  /**
   * Numbers in use are not all known here, so their length has to do; but what is as short as an
   * extension must be a number in use.
   */
  private static boolean isLikely(PhoneNumber number) {
    return PLANS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
        && (PLANS.getNationalSignificantNumber(number).length() > MAX_EXTENSION
            || PLANS.isValidNumber(number));
  }

  /** Digits, a plus before them and the signs that people write between them. */
  private static boolean isWritten(String text) {
    if (text.isEmpty() || text.length() > MAX_DIALLED) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c >= '0' && c <= '9' || c == '+' && i == 0 || " -.()".indexOf(c) >= 0;
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
