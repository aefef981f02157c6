package org.drawbridge.policy;

import org.drawbridge.routing.number.PhoneNumbers;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.TelUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/** Whom a URI names within its domain, as routing sees it. */
public final class UserPart {

  private UserPart() {}

  /**
   * The user or number in a URI, empty without. A number that is local somewhere (RFC 3966 section
   * 5.1.5) is the global one that it stands for, where it stands for one.
   */
  public static String of(Uri uri) {
    return switch (uri) {
      case SipUri sip -> {
        String user = sip.subscriber();
        yield user == null ? "" : global(user, sip.phoneContext());
      }
      case TelUri tel -> global(tel.digits(), tel.phoneContext());
      case OpaqueUri _ -> "";
    };
  }

  private static String global(String number, @Nullable String context) {
    String global =
        context != null && context.startsWith("+") && !number.startsWith("+")
            ? PhoneNumbers.global(number, context)
            : null;
    return global == null ? number : global;
  }
}
