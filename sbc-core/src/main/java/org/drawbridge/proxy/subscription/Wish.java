package org.drawbridge.proxy.subscription;

import java.util.function.BiConsumer;
import org.drawbridge.policy.Identities;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * What a subscriber wants to be told.
 *
 * @param event the Event value
 * @param fill adds to the request for a candidate what it says beyond names and numbers
 */
record Wish(String event, BiConsumer<Identities, MessageBuilder<SipRequest>> fill) {

  /** What a SUBSCRIBE asks for. */
  static Wish events(ServerTransaction subscribe, String event) {
    return new Wish(event, (_, out) -> EventHeaders.passSubscribe(subscribe.request(), out));
  }
}
