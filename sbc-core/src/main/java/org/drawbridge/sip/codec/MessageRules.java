package org.drawbridge.sip.codec;

import org.drawbridge.sip.message.HeaderIndex;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;

/** What every message must have, and have once (RFC 3261 sections 8.1.1 and 20). */
final class MessageRules {
  private static final HeaderName[] MANDATORY = {
    HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ
  };
  private static final HeaderName[] SINGLE = {
    HeaderName.FROM,
    HeaderName.TO,
    HeaderName.CALL_ID,
    HeaderName.CSEQ,
    HeaderName.MAX_FORWARDS,
    HeaderName.CONTENT_LENGTH,
    HeaderName.CONTENT_TYPE,
    HeaderName.EXPIRES
  };
  private static final int LONGEST_LENGTH = 9;

  /** A bit for each header named above, by ordinal; 0 for the others. */
  private static final int[] BITS = new int[HeaderName.values().length];

  private static final int ALL_MANDATORY;
  private static final int ANY_SINGLE;

  static {
    int single = 0;
    int mandatory = 0;
    for (int i = 0; i < SINGLE.length; i++) {
      BITS[SINGLE[i].ordinal()] = 1 << i;
      single |= 1 << i;
    }
    BITS[HeaderName.VIA.ordinal()] = 1 << SINGLE.length;
    for (HeaderName name : MANDATORY) {
      mandatory |= BITS[name.ordinal()];
    }
    ALL_MANDATORY = mandatory;
    ANY_SINGLE = single;
  }

  private MessageRules() {}

  /** What can be checked before the values are parsed. */
  static void checkFields(HeaderIndex index) throws Fault {
    int seen = 0;
    int again = 0;
    for (int i = 0; i < index.count(); i++) {
      int header = index.header(i);
      int bit = header < 0 ? 0 : BITS[header];
      again |= seen & bit;
      seen |= bit;
    }
    if ((seen & ALL_MANDATORY) != ALL_MANDATORY) {
      throw missing(seen);
    }
    if ((again & ANY_SINGLE) != 0) {
      String name = SINGLE[Integer.numberOfTrailingZeros(again & ANY_SINGLE)].canonical();
      throw Fault.badRequest("More than one " + name, 0);
    }
  }

  private static Fault missing(int seen) {
    for (HeaderName name : MANDATORY) {
      if ((seen & BITS[name.ordinal()]) == 0) {
        return Fault.badRequest("Missing " + name.canonical(), 0);
      }
    }
    throw new IllegalStateException("nothing is missing");
  }

  static void checkMessage(SipMessage message) throws Fault {
    if (message instanceof SipRequest request && !request.hasMethodInCSeq()) {
      throw Fault.badRequest("CSeq method does not match the request", 0);
    }
    if (message.isContactWildcard() && !message.contacts().isEmpty()) {
      throw Fault.badRequest("Contact '*' beside others", 0);
    }
  }

  /** Content-Length; -1 if absent. */
  static int contentLength(byte[] wire, HeaderIndex index) throws Fault {
    int line = index.first(HeaderName.CONTENT_LENGTH);
    if (line < 0) {
      return -1;
    }
    int from = index.valueStart(line);
    int to = index.valueEnd(line);
    if (from == to || to - from > LONGEST_LENGTH) {
      throw Fault.badRequest("Bad Content-Length", from);
    }
    int length = 0;
    for (int i = from; i < to; i++) {
      int digit = wire[i] - '0';
      if (digit < 0 || digit > 9) {
        throw Fault.badRequest("Bad Content-Length", i);
      }
      length = length * 10 + digit;
    }
    return length;
  }
}
