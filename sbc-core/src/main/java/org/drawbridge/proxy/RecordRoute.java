package org.drawbridge.proxy;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;

/**
 * The Record-Route we put on a request that begins a dialog (RFC 3261 section 16.6 item 4): one
 * value where both sides reach us the same way, else one for each (RFC 5658).
 */
final class RecordRoute {

  private RecordRoute() {}

  /** Adds it above all headers that were there. */
  static void add(MessageCopy copy, Flow from, Flow to, String token) {
    String toward = value(to, token);
    copy.addFirst(HeaderName.RECORD_ROUTE, toward);
    String back = value(from, token);
    if (!back.equals(toward)) {
      copy.addFirst(HeaderName.RECORD_ROUTE, back);
    }
  }

  private static String value(Flow flow, String token) {
    Transport transport = flow.transport();
    String parameter = transport == Transport.UDP ? "" : ";transport=" + transport.uriParameter();
    return "<sip:" + token + '@' + flow.sentBy() + parameter + ";lr>";
  }
}
