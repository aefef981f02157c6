package org.drawbridge.registrar;

import org.drawbridge.sip.message.SipUri;

/** A Contact that stands for all numbers of a PBX, and names none of them (RFC 6140). */
public final class BulkContact {

  private static final String BNC = "bnc";

  private BulkContact() {}

  /** Whether a Contact is one. */
  public static boolean is(SipUri contact) {
    return contact.params().has(BNC);
  }

  /** Where one number of the PBX is: it takes the place of the user that was registered. */
  public static SipUri of(SipUri contact, String number) {
    return contact.withUser(number).withoutParam(BNC);
  }
}
