package org.drawbridge.sip.message;

import org.jspecify.annotations.Nullable;

/** A SIP or SIPS URI (RFC 3261 section 19.1). Keeps the text it was parsed from. */
public final class SipUri implements Uri {
  private final boolean secure;
  private final @Nullable String userinfo;
  private final HostPort hostPort;
  private final Params params;
  private final @Nullable String headers;
  private final String text;

  private SipUri(
      boolean secure,
      @Nullable String userinfo,
      HostPort hostPort,
      Params params,
      @Nullable String headers) {
    this(
        secure,
        userinfo,
        hostPort,
        params,
        headers,
        write(secure, userinfo, hostPort, params, headers));
  }

  private SipUri(
      boolean secure,
      @Nullable String userinfo,
      HostPort hostPort,
      Params params,
      @Nullable String headers,
      String text) {
    this.secure = secure;
    this.userinfo = userinfo;
    this.hostPort = hostPort;
    this.params = params;
    this.headers = headers;
    this.text = text;
  }

  private static String write(
      boolean secure,
      @Nullable String userinfo,
      HostPort hostPort,
      Params params,
      @Nullable String headers) {
    StringBuilder out = new StringBuilder(64).append(secure ? "sips:" : "sip:");
    if (userinfo != null) {
      out.append(userinfo).append('@');
    }
    out.append(hostPort);
    params.appendTo(out);
    if (headers != null) {
      out.append('?').append(headers);
    }
    return out.toString();
  }

  /**
   * A URI from its parts.
   *
   * @param user unescaped; null for none
   * @param host name, IPv4 address, or IPv6 address with or without brackets
   * @param port -1 for none
   * @throws IllegalArgumentException if host or port are not valid
   */
  public static SipUri of(@Nullable String user, String host, int port) {
    return new SipUri(
        false,
        user == null ? null : UserText.escape(user),
        checked(host, port),
        Params.EMPTY,
        null);
  }

  private static HostPort checked(String host, int port) {
    try {
      String reference = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
      return HostPort.parse(new HostPort(reference, port).toString());
    } catch (SipSyntaxException e) {
      throw new IllegalArgumentException("not a host and port: " + e.getMessage(), e);
    }
  }

  /**
   * Parses a URI that must be SIP or SIPS.
   *
   * @throws SipSyntaxException if it is not
   */
  public static SipUri parse(String text) throws SipSyntaxException {
    if (Uri.parse(text) instanceof SipUri uri) {
      return uri;
    }
    throw new SipSyntaxException("Not a SIP URI", 0);
  }

  static SipUri parse(String s, boolean secure, int from) throws SipSyntaxException {
    int at = s.indexOf('@', from);
    String userinfo = at < 0 ? null : UserText.checked(s, from, at);
    int hostFrom = at < 0 ? from : at + 1;
    int question = s.indexOf('?', hostFrom);
    int paramsEnd = question < 0 ? s.length() : question;
    int semicolon = s.indexOf(';', hostFrom);
    int hostEnd = semicolon < 0 || semicolon > paramsEnd ? paramsEnd : semicolon;
    UserText.checkRest(s, hostFrom);
    HostPort hostPort = HostPort.parse(s, hostFrom, hostEnd);
    Params params = hostEnd == paramsEnd ? Params.EMPTY : Params.parse(s, hostEnd, paramsEnd);
    String headers = question < 0 ? null : s.substring(question + 1);
    return new SipUri(secure, userinfo, hostPort, params, headers, s);
  }

  @Override
  public String scheme() {
    return secure ? "sips" : "sip";
  }

  /** Whether the scheme is sips. */
  public boolean isSecure() {
    return secure;
  }

  /** The user with escapes resolved, without a password; null if there is none. */
  public @Nullable String user() {
    String escaped = userEscaped();
    return escaped == null ? null : UserText.unescape(escaped);
  }

  /**
   * The user, and of a telephone number in its place the number alone: without what RFC 3966 lets
   * follow it, as in {@code +12015550123;npdi;rn=+12015550100}, and a global one without visual
   * separators (RFC 3261 section 19.1.6). Null if there is no user.
   */
  public @Nullable String subscriber() {
    String user = user();
    boolean isNumber =
        user != null
            && (user.startsWith("+")
                || "phone".equalsIgnoreCase(param("user"))
                || phoneContext() != null);
    if (user == null || !isNumber) {
      return user;
    }
    int semicolon = user.indexOf(';');
    String number = semicolon < 0 ? user : user.substring(0, semicolon);
    if (!TelUri.isNumber(number)) {
      return user;
    }
    return number.startsWith("+") ? TelUri.digits(number) : number;
  }

  /**
   * Where the local telephone number that stands for the user is one (RFC 3966 section 5.1.5):
   * {@code +} and the first digits of global ones, or a domain; null if nothing says so.
   */
  public @Nullable String phoneContext() {
    String user = user();
    int semicolon = user == null ? -1 : user.indexOf(';');
    if (user == null || semicolon < 0) {
      return null;
    }
    try {
      return Params.parse(user, semicolon).get(TelUri.CONTEXT);
    } catch (SipSyntaxException _) {
      return null;
    }
  }

  /** The user as written, without a password; null if there is none. */
  public @Nullable String userEscaped() {
    if (userinfo == null) {
      return null;
    }
    int colon = userinfo.indexOf(':');
    return colon < 0 ? userinfo : userinfo.substring(0, colon);
  }

  /** Name, IPv4 address, or IPv6 reference with its brackets, as written. */
  public String host() {
    return hostPort.host();
  }

  /** The host without IPv6 brackets, in lower case: fit for an address parser or a table key. */
  public String bareHost() {
    return hostPort.bareHost();
  }

  /** The port, or -1 when none is written. */
  public int port() {
    return hostPort.port();
  }

  public Params params() {
    return params;
  }

  /** A URI parameter's value; null if absent or without value. */
  public @Nullable String param(String name) {
    return params.get(name);
  }

  /** The {@code transport} parameter as written; null if absent. */
  public @Nullable String transport() {
    return params.get("transport");
  }

  /** Whether this names a loose router, {@code ;lr}. */
  public boolean isLooseRouter() {
    return params.has("lr");
  }

  /** What follows the {@code ?}, as written; null if there is none. */
  public @Nullable String headers() {
    return headers;
  }

  /** This with another user; escapes what needs it and drops a password. */
  public SipUri withUser(@Nullable String user) {
    return new SipUri(
        secure, user == null ? null : UserText.escape(user), hostPort, params, headers);
  }

  /** This with another host: name, IPv4 address, or IPv6 address with or without brackets. */
  public SipUri withHost(String host) {
    return new SipUri(secure, userinfo, checked(host, hostPort.port()), params, headers);
  }

  /** This with another port, -1 for none. */
  public SipUri withPort(int port) {
    return new SipUri(secure, userinfo, checked(hostPort.host(), port), params, headers);
  }

  /** This with one parameter set; null for a parameter without value. */
  public SipUri withParam(String name, @Nullable String value) {
    return withParams(params.with(name, value));
  }

  /** This without one parameter. */
  public SipUri withoutParam(String name) {
    return params.has(name) ? withParams(params.without(name)) : this;
  }

  /** This with other parameters. */
  public SipUri withParams(Params newParams) {
    return new SipUri(secure, userinfo, hostPort, newParams, headers);
  }

  /** This with the scheme sips or sip. */
  public SipUri withSecure(boolean newSecure) {
    return new SipUri(newSecure, userinfo, hostPort, params, headers);
  }

  /**
   * This without the {@code ?headers}, which no Request-URI may carry (RFC 3261 section 19.1.1).
   */
  public SipUri withoutHeaders() {
    return headers == null ? this : new SipUri(secure, userinfo, hostPort, params, null);
  }

  @Override
  public boolean equivalent(Uri other) {
    return other instanceof SipUri that && UriComparison.equivalent(this, that);
  }

  @Nullable String userinfo() {
    return userinfo;
  }

  /** Same text; for the comparison of RFC 3261 section 19.1.4 see {@link #equivalent}. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SipUri that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
