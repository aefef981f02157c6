package org.drawbridge.sip.codec;

import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
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

  private MessageRules() {}

  /** What can be checked before the values are parsed. */
  static void checkFields(Headers headers) throws Fault {
    for (HeaderName name : MANDATORY) {
      if (!headers.has(name)) {
        throw Fault.badRequest("Missing " + name.canonical(), 0);
      }
    }
    for (HeaderName name : SINGLE) {
      if (headers.count(name) > 1) {
        throw Fault.badRequest("More than one " + name.canonical(), 0);
      }
    }
  }

  static void checkMessage(SipMessage message) throws Fault {
    if (message instanceof SipRequest request
        && !request.methodToken().equals(request.cseq().token())) {
      throw Fault.badRequest("CSeq method does not match the request", 0);
    }
    if (message.isContactWildcard() && !message.contacts().isEmpty()) {
      throw Fault.badRequest("Contact '*' beside others", 0);
    }
  }

  /** Content-Length; -1 if absent. */
  static int contentLength(Headers headers) throws Fault {
    String value = headers.first(HeaderName.CONTENT_LENGTH);
    if (value == null) {
      return -1;
    }
    if (value.isEmpty() || value.length() > 9) {
      throw Fault.badRequest("Bad Content-Length", 0);
    }
    int length = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw Fault.badRequest("Bad Content-Length", 0);
      }
      length = length * 10 + digit;
    }
    return length;
  }
}
