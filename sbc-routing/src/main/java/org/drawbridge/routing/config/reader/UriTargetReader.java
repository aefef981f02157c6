package org.drawbridge.routing.config.reader;

import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.user.AccountReader;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.value.SipTargetParser;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code uri}: one address outside, with or without a user. */
final class UriTargetReader {

  private UriTargetReader() {}

  static @Nullable Target read(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    int at = text.indexOf('@');
    String user = at < 0 || colon < 0 || at < colon ? null : text.substring(colon + 1, at);
    String host = user == null ? text : text.substring(0, colon + 1) + text.substring(at + 1);
    SipTarget target = SipTargetParser.parse(host);
    boolean good = target != null && (user == null || AccountReader.isName(user));
    if (target == null || !good) {
      return value.problem(
          "\"" + value.written() + "\" is not a SIP URI, as in \"sip:1000@pbx.example:5060\"");
    }
    return target.transportOrDefault().webSocket()
        ? value.problem("addresses outside are reached over udp, tcp or tls")
        : new Target.ToUri(Trunk.at(target), user);
  }
}
