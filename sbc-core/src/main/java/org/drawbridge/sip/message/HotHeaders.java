package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers every message is matched and routed by: checked by {@link HotCheck} when the message
 * is made, parsed when first asked for. Threads that race for one parse it twice and read the same;
 * what they share is immutable.
 */
final class HotHeaders {
  /** The largest Max-Forwards (RFC 3261 section 20.22). */
  static final int MOST_HOPS = 255;

  /** A delta-seconds value of RFC 3261 section 20.19 that is larger counts as this. */
  static final long MOST_SECONDS = 0xffff_ffffL;

  private final Headers headers;
  private @Nullable Via topVia;
  private @Nullable List<Via> vias;
  private @Nullable List<NameAddr> contacts;
  private @Nullable List<NameAddr> routes;
  private @Nullable List<NameAddr> recordRoutes;
  private @Nullable NameAddr from;
  private @Nullable NameAddr to;
  private @Nullable String callId;
  private @Nullable CSeq cseq;

  HotHeaders(Headers headers) {
    this.headers = headers;
  }

  void adoptAllButVias(HotHeaders other) {
    contacts = other.contacts;
    routes = other.routes;
    recordRoutes = other.recordRoutes;
    from = other.from;
    to = other.to;
    callId = other.callId;
    cseq = other.cseq;
  }

  Via topVia() {
    Via known = topVia;
    if (known == null) {
      known = vias == null ? checked(() -> firstVia(value(HeaderName.VIA))) : vias.getFirst();
      topVia = known;
    }
    return known;
  }

  List<Via> vias() {
    List<Via> known = vias;
    if (known == null) {
      known = each(HeaderName.VIA, HotHeaders::vias);
      vias = known;
    }
    return known;
  }

  NameAddr from() {
    NameAddr known = from;
    if (known == null) {
      known = checked(() -> NameAddr.parse(value(HeaderName.FROM)));
      from = known;
    }
    return known;
  }

  NameAddr to() {
    NameAddr known = to;
    if (known == null) {
      known = checked(() -> NameAddr.parse(value(HeaderName.TO)));
      to = known;
    }
    return known;
  }

  String callId() {
    String known = callId;
    if (known == null) {
      known = value(HeaderName.CALL_ID);
      callId = known;
    }
    return known;
  }

  CSeq cseq() {
    CSeq known = cseq;
    if (known == null) {
      known = checked(() -> CSeq.parse(value(HeaderName.CSEQ)));
      cseq = known;
    }
    return known;
  }

  List<NameAddr> contacts() {
    List<NameAddr> known = contacts;
    if (known == null) {
      known = each(HeaderName.CONTACT, HotHeaders::contacts);
      contacts = known;
    }
    return known;
  }

  boolean isContactWildcard() {
    for (int i = headers.next(HeaderName.CONTACT, 0);
        i >= 0;
        i = headers.next(HeaderName.CONTACT, i + 1)) {
      HeaderIndex index = headers.index();
      int at = index.valueStart(i);
      if (index.valueEnd(i) == at + 1 && headers.wire()[at] == '*') {
        return true;
      }
    }
    return false;
  }

  List<NameAddr> routes() {
    List<NameAddr> known = routes;
    if (known == null) {
      known = each(HeaderName.ROUTE, HotHeaders::addresses);
      routes = known;
    }
    return known;
  }

  List<NameAddr> recordRoutes() {
    List<NameAddr> known = recordRoutes;
    if (known == null) {
      known = each(HeaderName.RECORD_ROUTE, HotHeaders::addresses);
      recordRoutes = known;
    }
    return known;
  }

  int maxForwards() {
    String value = headers.first(HeaderName.MAX_FORWARDS);
    return value == null ? -1 : checked(() -> hops(value));
  }

  long expires() {
    String value = headers.first(HeaderName.EXPIRES);
    return value == null ? -1 : checked(() -> seconds(value));
  }

  private static Via firstVia(String value) throws SipSyntaxException {
    int comma = value.indexOf(',');
    if (comma < 0) {
      return Via.parse(value);
    }
    return value.indexOf('"') < 0
        ? Via.parse(value.substring(0, Grammar.trimEnd(value, 0, comma)))
        : vias(value).getFirst();
  }

  static List<Via> vias(String value) throws SipSyntaxException {
    if (value.indexOf(',') < 0) {
      return List.of(Via.parse(value));
    }
    List<Via> out = new ArrayList<>(4);
    for (String one : ListSplitter.strict(value)) {
      out.add(Via.parse(one));
    }
    return out;
  }

  static List<NameAddr> contacts(String value) throws SipSyntaxException {
    return value.equals("*") ? List.of() : addresses(value);
  }

  static List<NameAddr> addresses(String value) throws SipSyntaxException {
    if (value.indexOf(',') < 0) {
      return List.of(NameAddr.parse(value));
    }
    List<NameAddr> out = new ArrayList<>(4);
    for (String one : ListSplitter.strict(value)) {
      out.add(NameAddr.parse(one));
    }
    return out;
  }

  static String callId(String value) throws SipSyntaxException {
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

  static int hops(String value) throws SipSyntaxException {
    long hops = Grammar.number(value, 0, value.length(), MOST_HOPS);
    if (hops < 0) {
      throw new SipSyntaxException("not 0 to 255", 0);
    }
    return (int) hops;
  }

  static long seconds(String value) throws SipSyntaxException {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        throw new SipSyntaxException("not a number of seconds", i);
      }
    }
    if (value.isEmpty()) {
      throw new SipSyntaxException("not a number of seconds", 0);
    }
    long seconds = Grammar.number(value, 0, value.length(), MOST_SECONDS);
    return seconds < 0 ? MOST_SECONDS : seconds;
  }

  private String value(HeaderName name) {
    String value = headers.first(name);
    if (value == null) {
      throw new IllegalStateException("message built without " + name.canonical());
    }
    return value;
  }

  private <T> List<T> each(HeaderName name, Reader<List<T>> reader) {
    int first = headers.next(name, 0);
    if (first < 0) {
      return List.of();
    }
    List<T> ofFirst = checked(() -> reader.read(headers.value(first)));
    int second = headers.next(name, first + 1);
    if (second < 0) {
      return List.copyOf(ofFirst);
    }
    List<T> out = new ArrayList<>(ofFirst);
    for (int i = second; i >= 0; i = headers.next(name, i + 1)) {
      String value = headers.value(i);
      out.addAll(checked(() -> reader.read(value)));
    }
    return List.copyOf(out);
  }

  private interface Reader<T> {
    T read(String value) throws SipSyntaxException;
  }

  private interface Reading<T> {
    T read() throws SipSyntaxException;
  }

  private static <T> T checked(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SipSyntaxException e) {
      throw new IllegalStateException("header changed since it was checked", e);
    }
  }
}
