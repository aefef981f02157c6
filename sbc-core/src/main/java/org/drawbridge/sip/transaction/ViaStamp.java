package org.drawbridge.sip.transaction;

import java.net.InetSocketAddress;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.KeepAlive;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Via;
import org.drawbridge.sip.message.ViaSplice;
import org.drawbridge.sip.token.Tokens;

/** Vias put on and filled in at this hop. */
final class ViaStamp {

  private ViaStamp() {}

  /**
   * Notes in the top Via where a request came from (RFC 3261 18.2.1, RFC 3581 4). On UDP the port
   * too, asked or not: a client behind a NAT that does not know it is behind one has to be answered
   * at its source.
   */
  static SipRequest received(SipRequest request, Flow flow) {
    InetSocketAddress source = flow.remote();
    boolean datagram = !flow.transport().isReliable();
    SipRequest stamped = ViaSplice.received(request, addressOf(source), source.getPort(), datagram);
    return stamped == null ? rewritten(request, flow) : stamped;
  }

  private static SipRequest rewritten(SipRequest request, Flow flow) {
    Via via = request.topVia();
    InetSocketAddress source = flow.remote();
    boolean unasked = !flow.transport().isReliable() && !via.hasRport();
    Via asking = unasked ? via.withParams(via.params().with("rport", null)) : via;
    Via stamped = keep(asking.withReceived(addressOf(source), source.getPort()), flow);
    return request.edit().replaceFirst(HeaderName.VIA, stamped.toString()).build();
  }

  /** A client that offers keep-alives is told how often we want them (RFC 6223 section 4.4). */
  private static Via keep(Via via, Flow flow) {
    boolean isOffered = via.params().has("keep") && via.params().get("keep") == null;
    return isOffered
        ? via.withParams(
            via.params().with("keep", Integer.toString(KeepAlive.seconds(flow.transport()))))
        : via;
  }

  /** The request with a Via of ours on top, its branch fresh. */
  static SipRequest push(SipRequest request, Flow flow) {
    String branch = Via.MAGIC_COOKIE + Tokens.tag();
    String via = OutgoingRequest.via(flow, branch);
    return request.edit().headerFirst(HeaderName.VIA, via).build();
  }

  /** Without the scope of a link-local IPv6 address, which means nothing elsewhere. */
  private static String addressOf(InetSocketAddress source) {
    String address = source.getAddress().getHostAddress();
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }
}
