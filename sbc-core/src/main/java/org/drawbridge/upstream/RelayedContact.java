package org.drawbridge.upstream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * @param lifetime in seconds; 0 to remove it, -1 where the phone does not say
   * @param left contacts of other devices to remove beside it, as a phone does that finds itself
   *     behind a NAT and registers anew from there
   */
  record One(NameAddr address, SipUri uri, long lifetime, Collection<NameAddr> left)
      implements RelayedContact {}

  /** It cannot be done. */
  record Wrong(int status, String reason) implements RelayedContact {}

  /** More than a phone has left behind; the PBX gets a Contact for each. */
  int MOST_CONTACTS = 10;

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
    if (!contacts.stream().allMatch(contact -> contact.uri() instanceof SipUri)) {
      return new Wrong(400, "Contact is not a SIP URI");
    }
    List<NameAddr> lasting =
        contacts.stream().filter(contact -> lifetime(contact, request) != 0).toList();
    if (lasting.size() > 1 || contacts.size() > MOST_CONTACTS) {
      return new Wrong(403, "One Contact a request, please");
    }
    NameAddr address = lasting.isEmpty() ? contacts.getFirst() : lasting.getFirst();
    Map<String, NameAddr> left = new LinkedHashMap<>();
    contacts.forEach(contact -> left.put(device(contact), contact));
    left.remove(device(address));
    return new One(
        address, (SipUri) address.uri(), lifetime(address, request), List.copyOf(left.values()));
  }

  private static long lifetime(NameAddr contact, SipRequest request) {
    return Lifetimes.parse(contact.param("expires"), request.expires());
  }

  private static String device(NameAddr contact) {
    return device(contact.param("+sip.instance"), contact.uri().toString());
  }

  /** What tells the devices of an account apart. */
  static String device(@Nullable String instance, String uri) {
    return instance == null ? uri : instance;
  }
}
