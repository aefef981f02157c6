package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers every message is matched and routed by, parsed in one pass when the message is made.
 */
final class HotHeaders {
  /** A delta-seconds value of RFC 3261 section 20.19 that is larger counts as this. */
  private static final long MAX_SECONDS = 0xffff_ffffL;

  final List<Via> vias = new ArrayList<>(2);
  final List<NameAddr> contacts = new ArrayList<>(1);
  final List<NameAddr> routes = new ArrayList<>(0);
  final List<NameAddr> recordRoutes = new ArrayList<>(0);
  @Nullable NameAddr from;
  @Nullable NameAddr to;
  @Nullable String callId;
  @Nullable CSeq cseq;
  boolean wildcard;
  int maxForwards = -1;
  long expires = -1;

  HotHeaders(Headers headers) throws SipSyntaxException {
    for (int i = 0; i < headers.size(); i++) {
      HeaderName name = headers.known(i);
      if (name != null) {
        read(name, headers, i);
      }
    }
  }

  private void read(HeaderName name, Headers headers, int i) throws SipSyntaxException {
    try {
      switch (name) {
        case VIA -> readVias(headers.value(i));
        case FROM -> from = NameAddr.parse(headers.value(i));
        case TO -> to = NameAddr.parse(headers.value(i));
        case CALL_ID -> callId = callId(headers.value(i));
        case CSEQ -> cseq = CSeq.parse(headers.value(i));
        case MAX_FORWARDS -> maxForwards = maxForwards(headers.value(i));
        case EXPIRES -> expires = seconds(headers.value(i));
        case CONTACT -> readContacts(headers.value(i));
        case ROUTE -> readAddresses(headers.value(i), routes);
        case RECORD_ROUTE -> readAddresses(headers.value(i), recordRoutes);
        default -> {}
      }
    } catch (SipSyntaxException e) {
      int offset = headers.index().valueStart(i) + e.offset();
      throw new SipSyntaxException("Bad " + name.canonical() + ": " + e.getMessage(), offset);
    }
  }

  private void readVias(String value) throws SipSyntaxException {
    if (value.indexOf(',') < 0) {
      vias.add(Via.parse(value));
      return;
    }
    for (String one : ListSplitter.strict(value)) {
      vias.add(Via.parse(one));
    }
  }

  private void readContacts(String value) throws SipSyntaxException {
    if (value.equals("*")) {
      wildcard = true;
    } else {
      readAddresses(value, contacts);
    }
  }

  private static void readAddresses(String value, List<NameAddr> out) throws SipSyntaxException {
    if (value.indexOf(',') < 0) {
      out.add(NameAddr.parse(value));
      return;
    }
    for (String one : ListSplitter.strict(value)) {
      out.add(NameAddr.parse(one));
    }
  }

  private static String callId(String value) throws SipSyntaxException {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ') {
        throw new SipSyntaxException("blank inside", i);
      }
    }
    if (value.isEmpty()) {
      throw new SipSyntaxException("empty", 0);
    }
    return value;
  }

  private static int maxForwards(String value) throws SipSyntaxException {
    long hops = Grammar.number(value, 0, value.length(), 255);
    if (hops < 0) {
      throw new SipSyntaxException("not 0 to 255", 0);
    }
    return (int) hops;
  }

  private static long seconds(String value) throws SipSyntaxException {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        throw new SipSyntaxException("not a number of seconds", i);
      }
    }
    if (value.isEmpty()) {
      throw new SipSyntaxException("not a number of seconds", 0);
    }
    long seconds = Grammar.number(value, 0, value.length(), MAX_SECONDS);
    return seconds < 0 ? MAX_SECONDS : seconds;
  }
}
