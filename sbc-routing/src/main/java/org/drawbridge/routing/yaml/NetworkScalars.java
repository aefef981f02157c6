package org.drawbridge.routing.yaml;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.Locale;
import org.drawbridge.routing.pattern.PatternResult;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.value.PortRange;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.value.SipTargetParser;
import org.jspecify.annotations.Nullable;

/** Readers of network values: addresses, ports, networks, domains, SIP URIs, expressions. */
public final class NetworkScalars {

  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

  private NetworkScalars() {}

  /** A numeric address. */
  public static @Nullable InetAddress address(YamlValue value) {
    String text = value.text();
    InetAddress address = text == null ? null : Addresses.literal(text);
    return text == null || address != null ? address : wrong(value, "a numeric address");
  }

  /** A numeric address and a port, IPv6 in brackets. */
  public static @Nullable HostPort hostPort(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    InetAddress address =
        Addresses.literal(bracketed ? host.substring(1, host.length() - 1) : host);
    int port = Addresses.number(text.substring(colon + 1), 65_535);
    if (address == null || port < 0 || bracketed != host.contains(":")) {
      return wrong(value, "an address and a port, as in 0.0.0.0:5060 or [::]:5060");
    }
    return new HostPort(address, port);
  }

  /** A network, or one address. */
  public static @Nullable Cidr cidr(YamlValue value) {
    String text = value.text();
    Cidr cidr = text == null ? null : Cidr.parse(text);
    return text == null || cidr != null ? cidr : wrong(value, "a network: " + networkAdvice(text));
  }

  private static String networkAdvice(String text) {
    Cidr around = Cidr.around(text);
    if (around != null) {
      return "did you mean \"" + around + "\"?";
    }
    String name = isDomain(text) ? "names are not looked up here, " : "";
    return name
        + "write an address, or the first address of a network and its prefix length, as in"
        + " 192.0.2.0/24 or 2001:db8::/32";
  }

  /** Two ports with a hyphen between. */
  public static @Nullable PortRange portRange(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    int hyphen = text.indexOf('-');
    int first = hyphen < 0 ? -1 : Addresses.number(text.substring(0, hyphen), 65_535);
    int last = hyphen < 0 ? -1 : Addresses.number(text.substring(hyphen + 1), 65_535);
    return first < 1 || last < first
        ? wrong(value, "a range of ports, as in 20000-29999")
        : new PortRange(first, last);
  }

  /** A domain name or a numeric address, made lower case. */
  public static @Nullable String domain(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    return isDomain(text) ? text.toLowerCase(Locale.ROOT) : wrong(value, "a domain name");
  }

  /** Whether a text is a domain name or a numeric address. */
  public static boolean isDomain(String text) {
    return text.length() <= 253 && (DOMAIN.matches(text) || Addresses.literal(text) != null);
  }

  /** A SIP URI that names a host and no user. */
  public static @Nullable SipTarget target(YamlValue value) {
    String text = value.text();
    SipTarget target = text == null ? null : SipTargetParser.parse(text);
    if (text == null || target != null) {
      return target;
    }
    String wanted = "a SIP URI of a host, as in \"sip:sbc.example.com:5060;transport=tcp\"";
    return text.contains("@") // what stands before it may be a password
        ? value.problem(
            wanted + ", is wanted here, without user or password: these have keys of their own")
        : wrong(value, wanted);
  }

  /** A regular expression in which upper and lower case differ. */
  public static @Nullable TextPattern pattern(YamlValue value) {
    String text = value.text();
    return text == null ? null : compiled(value, TextPattern.compile(text));
  }

  /** A regular expression in which upper and lower case are the same. */
  public static @Nullable TextPattern patternIgnoringCase(YamlValue value) {
    String text = value.text();
    return text == null ? null : compiled(value, TextPattern.compileIgnoringCase(text));
  }

  private static @Nullable TextPattern compiled(YamlValue value, PatternResult result) {
    return switch (result) {
      case PatternResult.Compiled(TextPattern pattern) -> pattern;
      case PatternResult.Invalid(String why) ->
          value.problem("\"" + value.written() + "\" is not a regular expression: " + why);
    };
  }

  private static <T> @Nullable T wrong(YamlValue value, String what) {
    return value.problem("\"" + value.written() + "\" is not " + what);
  }
}
