package org.drawbridge.registrar;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.IpLiteral;
import org.drawbridge.sip.flow.PrivateAddress;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Which of an account's phones registers: what stays when it registers again, whatever way.
 *
 * @param instance its {@code +sip.instance}, null if it gives none
 * @param contactUri what it registers, by which one without instance is known
 * @param callId Call-ID of its registrations, which it keeps until it restarts (RFC 3261 section
 *     10.2)
 * @param flow what it came over
 * @param path what it passed, nearest to us first
 */
public record Device(
    @Nullable String instance, String contactUri, String callId, FlowId flow, List<String> path) {

  /** The one of a contact. */
  public static Device of(Binding binding) {
    return new Device(
        binding.instance(), binding.contactUri(), binding.callId(), binding.flow(), binding.path());
  }

  /**
   * Where it comes from, as {@link FlowId#place} says it: what its proxy says in the Path it wrote,
   * as proxies do that have to find it again, else the far end of the flow. Null if that is not
   * known. Reckoned anew each time, since hardly anybody asks.
   */
  public @Nullable String place() {
    InetAddress received = path.isEmpty() ? null : received(path.getLast());
    return received == null ? flow.place() : FlowId.placeOf(received);
  }

  private static @Nullable InetAddress received(String hop) {
    try {
      String source =
          NameAddr.parse(hop).uri() instanceof SipUri uri ? uri.param("received") : null;
      return source == null ? null : IpLiteral.parse(SipUri.parse(source).host());
    } catch (SipSyntaxException _) {
      return null;
    }
  }

  /** Whether a contact is that of this phone. */
  public boolean is(Binding binding) {
    return instance != null
        ? instance.equals(binding.instance())
        : contactUri.equals(binding.contactUri()) && !isLikeness(of(binding));
  }

  /**
   * Whether a phone is another although it has the same Contact: routers give the same private
   * addresses everywhere, and a phone may not name its instance. Two that come from different
   * hosts, none of which is the one in the Contact, are two. Who moves or whose router is given
   * another address keeps its Call-ID.
   */
  public boolean isLikeness(Device other) {
    return instance == null
        && other.instance == null
        && !callId.equals(other.callId)
        && isElsewhere(place(), other.place());
  }

  private boolean isElsewhere(@Nullable String place, @Nullable String other) {
    return place != null
        && other != null
        && !place.equals(other)
        && isBehindRouters(contactUri, place, other);
  }

  private static boolean isBehindRouters(String contactUri, String one, String other) {
    InetAddress inside = address(contactUri);
    if (inside == null || !PrivateAddress.is(inside)) {
      return false; // a name, which nobody else's router has given
    }
    String place = FlowId.placeOf(inside);
    return !place.equals(one) && !place.equals(other);
  }

  private static @Nullable InetAddress address(String uri) {
    try {
      return IpLiteral.parse(SipUri.parse(uri).host());
    } catch (SipSyntaxException _) {
      return null;
    }
  }
}
