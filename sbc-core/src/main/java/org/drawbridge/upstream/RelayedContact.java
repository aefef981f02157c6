package org.drawbridge.upstream;

import java.util.List;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** What a REGISTER for a relayed domain asks to be done. */
sealed interface RelayedContact {

  /** Tell what there is. */
  record Fetch() implements RelayedContact {}

  /** Remove all contacts of the account. */
  record RemoveAll() implements RelayedContact {}

  /**
   * Add, refresh or remove one contact.
   *
   * @param uri as the phone wrote it
   * @param device its instance, or else the URI
   * @param lifetime in seconds; 0 to remove it, -1 where the phone does not say
   */
  record One(NameAddr address, SipUri uri, String device, long lifetime)
      implements RelayedContact {}

  /** It cannot be done. */
  record Wrong(int status, String reason) implements RelayedContact {}

  /** Reads the request. */
  static RelayedContact of(SipRequest request) {
    List<NameAddr> contacts = request.contacts();
    if (request.isContactWildcard()) {
      return request.expires() == 0 && contacts.isEmpty()
          ? new RemoveAll()
          : new Wrong(400, "Contact * needs Expires 0 and no other Contact");
    }
    if (contacts.isEmpty()) {
      return new Fetch();
    }
    if (contacts.size() > 1) {
      return new Wrong(403, "One Contact a request, please");
    }
    NameAddr address = contacts.getFirst();
    if (!(address.uri() instanceof SipUri uri)) {
      return new Wrong(400, "Contact is not a SIP URI");
    }
    @Nullable String instance = address.param("+sip.instance");
    return new One(
        address,
        uri,
        instance == null ? uri.toString() : instance,
        Lifetimes.parse(address.param("expires"), request.expires()));
  }
}
