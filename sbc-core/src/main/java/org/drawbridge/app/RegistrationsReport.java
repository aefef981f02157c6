package org.drawbridge.app;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.RegistrationList.Device;
import org.drawbridge.app.running.RegistrationList.Page;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.IpLiteral;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to {@code sbc registrations}. Of a Contact it shows user and host: its parameters may
 * be keys to a phone's push service. Stateless.
 */
final class RegistrationsReport {

  private static final JsonMapper JSON = JsonMapper.shared();

  private RegistrationsReport() {}

  static ControlReply of(Page page) {
    ObjectNode data = JSON.createObjectNode();
    ArrayNode list = data.putArray("registrations");
    StringBuilder text = new StringBuilder();
    String account = "";
    for (Device device : page.devices()) {
      describe(device, list.addObject());
      if (!account.equals(account(device))) {
        account = account(device);
        text.append(account).append('\n');
      }
      text.append("  ").append(clean(words(device))).append('\n');
    }
    if (page.more() && !account.isEmpty()) {
      data.put("more-after", account);
      text.append("There are more: --after ").append(account).append('\n');
    }
    return new ControlReply(true, text.toString(), data);
  }

  private static String account(Device device) {
    return device.binding().aor().toString();
  }

  private static void describe(Device device, ObjectNode out) {
    Binding binding = device.binding();
    Flow flow = device.flow();
    out.put("account", account(device))
        .put("contact", contact(binding))
        .put("expires", device.seconds())
        .put("reachable", device.isReachable());
    if (flow != null) {
      out.put("transport", transport(flow)).put("source", source(flow)).put("nat", isNat(device));
    }
    if (binding.instance() != null) {
      out.put("instance", binding.instance());
    }
    if (binding.userAgent() != null) {
      out.put("user-agent", binding.userAgent());
    }
  }

  private static String way(Device device) {
    Flow flow = device.flow();
    if (flow != null) {
      return transport(flow) + " from " + source(flow);
    }
    return device.isReachable() ? "over a connection to its proxy" : "gone until it comes back";
  }

  private static String words(Device device) {
    String way = way(device);
    String nat = isNat(device) ? " (NAT)" : "";
    String agent = device.binding().userAgent();
    return "%s%s, %s, for %d s%s"
        .formatted(
            way,
            nat,
            contact(device.binding()),
            device.seconds(),
            agent == null ? "" : ", " + agent);
  }

  /** What strangers call themselves must not steer the terminal that it is read on. */
  static String clean(String words) {
    return words.replaceAll("\\p{Cc}", "?");
  }

  private static String transport(Flow flow) {
    return flow.transport().name().toLowerCase(Locale.ROOT);
  }

  private static String source(Flow flow) {
    InetSocketAddress remote = flow.remote();
    String host = remote.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + remote.getPort();
  }

  private static String contact(Binding binding) {
    SipUri uri = uri(binding);
    return uri == null
        ? "a contact that is no SIP address"
        : SipUri.of(uri.user(), uri.host(), uri.port()).toString();
  }

  /** Whether it calls its own address another than it comes from. Of a name nobody can tell. */
  private static boolean isNat(Device device) {
    Flow flow = device.flow();
    SipUri uri = uri(device.binding());
    if (flow == null || uri == null || !device.binding().path().isEmpty()) {
      return false;
    }
    var own = IpLiteral.parse(uri.host());
    return own != null && !own.equals(flow.remote().getAddress());
  }

  private static @Nullable SipUri uri(Binding binding) {
    try {
      return SipUri.parse(binding.contactUri());
    } catch (SipSyntaxException e) {
      return null;
    }
  }
}
