package org.drawbridge.sip.message;

import org.jspecify.annotations.Nullable;

/**
 * An address with an optional name and parameters, as From, To, Contact, Route and their kin carry
 * it (RFC 3261 section 20.10).
 *
 * @param displayName unquoted; null if there is none
 * @param uri the address
 * @param params those of the header, not of the URI
 */
public record NameAddr(@Nullable String displayName, Uri uri, Params params) {

  /** An address without name and parameters. */
  public static NameAddr of(Uri uri) {
    return new NameAddr(null, uri, Params.EMPTY);
  }

  /**
   * Parses one {@code name-addr} or {@code addr-spec} with its parameters. In the form without
   * angle brackets all parameters belong to the header (RFC 3261 section 20).
   *
   * @throws SipSyntaxException if it is neither
   */
  public static NameAddr parse(String s) throws SipSyntaxException {
    int i = Grammar.skipSpace(s, 0);
    if (i == s.length()) {
      throw new SipSyntaxException("Empty address", i);
    }
    if (s.charAt(i) == '"') {
      int end = Grammar.quotedEnd(s, i);
      int open = Grammar.skipSpace(s, end);
      if (open == s.length() || s.charAt(open) != '<') {
        throw new SipSyntaxException("Expected '<' after the display name", open);
      }
      return bracketed(Grammar.unquote(s.substring(i, end)), s, open);
    }
    int open = s.indexOf('<', i);
    if (open < 0 || s.indexOf(';', i) >= 0 && s.indexOf(';', i) < open) {
      return bare(s, i);
    }
    return bracketed(displayTokens(s, i, open), s, open);
  }

  private static @Nullable String displayTokens(String s, int from, int open)
      throws SipSyntaxException {
    int end = Grammar.trimEnd(s, from, open);
    for (int i = from; i < end; i++) {
      char c = s.charAt(i);
      if (c == ',' || c == '"' || c == '>' || c == '\\') {
        throw new SipSyntaxException("Bad character in display name", i);
      }
    }
    return end == from ? null : s.substring(from, end);
  }

  private static NameAddr bracketed(@Nullable String name, String s, int open)
      throws SipSyntaxException {
    int close = s.indexOf('>', open);
    if (close < 0) {
      throw new SipSyntaxException("Missing '>'", s.length());
    }
    return new NameAddr(name, Uri.parse(s.substring(open + 1, close)), Params.parse(s, close + 1));
  }

  private static NameAddr bare(String s, int from) throws SipSyntaxException {
    int semicolon = s.indexOf(';', from);
    int end = Grammar.trimEnd(s, from, semicolon < 0 ? s.length() : semicolon);
    for (int i = from; i < end; i++) {
      char c = s.charAt(i);
      if (c == '?' || c == ',' || c == '<') {
        throw new SipSyntaxException("Address needs angle brackets", i);
      }
    }
    Params params = semicolon < 0 ? Params.EMPTY : bareParams(s, semicolon);
    return new NameAddr(null, Uri.parse(s.substring(from, end)), params);
  }

  /**
   * Those after a URI without angle brackets; an '@' among them would make the ';' part of the
   * user.
   */
  private static Params bareParams(String s, int semicolon) throws SipSyntaxException {
    for (int i = semicolon; i < s.length(); i++) {
      if (s.charAt(i) == '"') {
        i = Grammar.quotedEnd(s, i) - 1;
      } else if (s.charAt(i) == '@') {
        throw new SipSyntaxException("Address needs angle brackets", i);
      }
    }
    return Params.parse(s, semicolon);
  }

  /** The {@code tag} parameter; null if absent. */
  public @Nullable String tag() {
    return params.get("tag");
  }

  /** A parameter's value without quotes; null if absent or without value. */
  public @Nullable String param(String name) {
    return params.get(name);
  }

  /** This with the tag set. */
  public NameAddr withTag(String tag) {
    return withParam("tag", tag);
  }

  /** This without a tag. */
  public NameAddr withoutTag() {
    return withoutParam("tag");
  }

  /** This with a parameter set; null for one without value. */
  public NameAddr withParam(String name, @Nullable String value) {
    return new NameAddr(displayName, uri, params.with(name, value));
  }

  /** This without a parameter. */
  public NameAddr withoutParam(String name) {
    return new NameAddr(displayName, uri, params.without(name));
  }

  /** This with another display name; null for none. */
  public NameAddr withDisplayName(@Nullable String newName) {
    return new NameAddr(newName, uri, params);
  }

  /** The wire form, always with angle brackets. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(96);
    if (displayName != null) {
      out.append(Grammar.quote(displayName)).append(' ');
    }
    out.append('<').append(uri).append('>');
    params.appendTo(out);
    return out.toString();
  }
}
