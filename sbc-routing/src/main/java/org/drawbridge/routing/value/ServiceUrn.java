package org.drawbridge.routing.value;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names of services in place of numbers, such as {@code urn:service:sos.fire} (RFC 5031). They are
 * compared without regard to case, so here all are lower case.
 */
public final class ServiceUrn {

  /** What all begin with. */
  public static final String PREFIX = "urn:service:";

  private static final int MAX_LENGTH = 128;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,25}[a-z0-9])?";
  private static final Pattern SYNTAX =
      Pattern.compile(PREFIX + LABEL + "(?:[.]" + LABEL + "){0,9}");

  private ServiceUrn() {}

  /** A URI in lower case if it is such a name, else null. */
  public static @Nullable String of(String uri) {
    if (uri.length() > MAX_LENGTH || !uri.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return null;
    }
    String lower = uri.toLowerCase(Locale.ROOT);
    return SYNTAX.matches(lower) ? lower : null;
  }

  /** Whether a text is such a name, in lower case. */
  public static boolean is(String text) {
    return text.startsWith(PREFIX) && text.equals(of(text));
  }

  /**
   * The name by which somebody knows what is called: its own, or where that is a service, the
   * nearest of those that it is part of, as {@code urn:service:sos} for {@code
   * urn:service:sos.fire} (RFC 5031 section 3); null if by none.
   */
  public static @Nullable String known(String called, Predicate<String> known) {
    if (known.test(called)) {
      return called;
    }
    String name = called;
    int dot = is(called) ? called.lastIndexOf('.') : -1;
    while (dot >= 0) {
      name = name.substring(0, dot);
      if (known.test(name)) {
        return name;
      }
      dot = name.lastIndexOf('.');
    }
    return null;
  }
}
