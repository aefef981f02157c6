package org.drawbridge.proxy;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.jspecify.annotations.Nullable;

/**
 * The Record-Route we put on a request that begins a dialog (RFC 3261 section 16.6 item 4): one
 * value where both sides reach us the same way, else one for each (RFC 5658).
 */
final class RecordRoute {

  private RecordRoute() {}

  /** The parameter that names the media of a call that we relay. */
  static final String RELAY = "relay";

  /**
   * Adds it above all headers that were there.
   *
   * @param relay what relays the media of the call, null if nothing does
   */
  static void add(MessageCopy copy, Flow from, Flow to, String token, @Nullable String relay) {
    String toward = value(to, token, relay);
    copy.addFirst(HeaderName.RECORD_ROUTE, toward);
    String back = value(from, token, relay);
    if (!back.equals(toward)) {
      copy.addFirst(HeaderName.RECORD_ROUTE, back);
    }
  }

  private static String value(Flow flow, String token, @Nullable String relay) {
    Transport transport = flow.transport();
    String parameter = transport == Transport.UDP ? "" : ";transport=" + transport.uriParameter();
    String media = relay == null ? "" : ';' + RELAY + '=' + relay;
    return "<sip:" + token + '@' + flow.sentBy() + parameter + media + ";lr>";
  }
}
