package org.drawbridge.sip.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One Via value (RFC 3261 section 20.42).
 *
 * @param transport as written, such as UDP, TCP, TLS, WS, WSS
 * @param host sent-by host, an IPv6 reference with its brackets
 * @param port sent-by port, -1 when none is written
 * @param params branch, received, rport and others
 */
public record Via(String transport, String host, int port, Params params) {
  /** What a branch of RFC 3261 starts with (section 8.1.1.7). */
  public static final String MAGIC_COOKIE = "z9hG4bK";

  /**
   * Parses one value.
   *
   * @throws SipSyntaxException if it is no {@code via-parm} of SIP/2.0
   */
  public static Via parse(String s) throws SipSyntaxException {
    int i = word(s, 0, "SIP");
    i = slash(s, i);
    i = word(s, i, "2.0");
    i = slash(s, i);
    int end = Grammar.tokenEnd(s, i);
    if (end == i) {
      throw new SipSyntaxException("Missing Via transport", i);
    }
    String transport = s.substring(i, end);
    int from = Grammar.skipSpace(s, end);
    if (from == end) {
      throw new SipSyntaxException("Missing Via sent-by", end);
    }
    int semicolon = s.indexOf(';', from);
    int to = semicolon < 0 ? s.length() : semicolon;
    HostPort sentBy = HostPort.parse(s, from, Grammar.trimEnd(s, from, to));
    Params params = semicolon < 0 ? Params.EMPTY : Params.parse(s, semicolon);
    return new Via(transport, sentBy.host(), sentBy.port(), params);
  }

  private static int word(String s, int from, String word) throws SipSyntaxException {
    int i = Grammar.skipSpace(s, from);
    if (!s.regionMatches(true, i, word, 0, word.length())) {
      throw new SipSyntaxException("Via is not SIP/2.0", i);
    }
    return i + word.length();
  }

  private static int slash(String s, int from) throws SipSyntaxException {
    int i = Grammar.skipSpace(s, from);
    if (i == s.length() || s.charAt(i) != '/') {
      throw new SipSyntaxException("Via is not SIP/2.0", i);
    }
    return Grammar.skipSpace(s, i + 1);
  }

  /** The branch; null if absent. */
  public @Nullable String branch() {
    return params.get("branch");
  }

  /**
   * Whether the branch is unique by RFC 3261, that is, begins with the magic cookie and has more.
   */
  public boolean hasCookie() {
    String branch = branch();
    return branch != null
        && branch.length() > MAGIC_COOKIE.length()
        && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
  }

  /** The address the request came from, as the receiver noted it; null if absent. */
  public @Nullable String received() {
    return params.get("received");
  }

  /** Whether rport was asked for or filled in (RFC 3581). */
  public boolean hasRport() {
    return params.has("rport");
  }

  /** The port in rport; -1 if absent, empty or out of range. */
  public int rport() {
    String value = params.get("rport");
    return value == null ? -1 : (int) Grammar.number(value, 0, value.length(), 65_535);
  }

  /** The port of sent-by, with the transport's default filled in (RFC 3261 section 18.1.1). */
  public int effectivePort() {
    return port >= 0 ? port : isSecure() ? 5061 : 5060;
  }

  /**
   * sent-by as RFC 3261 section 17.2.3 compares it: lower case host, and the port with its default
   * filled in.
   */
  public String sentBy() {
    return host.toLowerCase(Locale.ROOT) + ':' + effectivePort();
  }

  private boolean isSecure() {
    return transport.equalsIgnoreCase("TLS") || transport.equalsIgnoreCase("WSS");
  }

  /**
   * This as the receiver of a request notes its source: {@code received} always, {@code rport}
   * where it was asked for (RFC 3261 section 18.2.1, RFC 3581 section 4).
   *
   * @param address an IPv6 address without brackets
   */
  public Via withReceived(String address, int port) {
    Params noted = params.without("received").with("received", address);
    return withParams(hasRport() ? noted.with("rport", Integer.toString(port)) : noted);
  }

  /** This with another branch. */
  public Via withBranch(String branch) {
    return withParams(params.with("branch", branch));
  }

  /** This with other parameters. */
  public Via withParams(Params newParams) {
    return new Via(transport, host, port, newParams);
  }

  /** The wire form. */
  @Override
  public String toString() {
    StringBuilder out =
        new StringBuilder(96).append("SIP/2.0/").append(transport).append(' ').append(host);
    if (port >= 0) {
      out.append(':').append(port);
    }
    params.appendTo(out);
    return out.toString();
  }
}
