package org.drawbridge.registrar;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;

/**
 * What a REGISTER asks to be done with the contacts of its address of record (RFC 3261 10.3 steps 6
 * and 7).
 */
sealed interface ContactChange {

  /** Nothing: tell what there is. */
  record Fetch() implements ContactChange {}

  /** {@code Contact: *} with {@code Expires: 0}: remove all. */
  record RemoveAll() implements ContactChange {}

  /** Add, refresh or, with a lifetime of 0, remove each. */
  record Update(List<Contact> contacts) implements ContactChange {}

  /** It cannot be done; nothing is changed. */
  record Refused(int status, String reason) implements ContactChange {}

  /**
   * One contact of the request.
   *
   * @param address the Contact as it came
   * @param lifetime seconds it is to last, cut to the maximum; 0 to remove it
   */
  record Contact(NameAddr address, SipUri uri, int lifetime) {}

  /**
   * Reads the request.
   *
   * @param aor whose contacts they are
   * @param outbound whether {@code reg-id} counts
   */
  static ContactChange of(
      SipRequest request, Aor aor, RegistrarSettings settings, boolean outbound) {
    if (request.isContactWildcard()) {
      return request.expires() == 0 && request.contacts().isEmpty()
          ? new RemoveAll()
          : new Refused(400, "Contact * needs Expires 0 and no other Contact");
    }
    if (request.contacts().isEmpty()) {
      return new Fetch();
    }
    if (request.contacts().size() > settings.contactsPerAccount()) {
      return new Refused(403, "More than " + settings.contactsPerAccount() + " contacts");
    }
    List<Contact> contacts = new ArrayList<>();
    for (NameAddr address : request.contacts()) {
      if (!(address.uri() instanceof SipUri uri)) {
        return new Refused(400, "Contact is not a SIP URI");
      }
      if (BulkContact.is(uri) && !settings.trunks().test(aor)) {
        return new Refused(403, "This account is that of no trunk and has no other numbers");
      }
      if (BulkContact.is(uri) && uri.user() != null) {
        return new Refused(400, "A Contact for many numbers (bnc) names none");
      }
      long asked = lifetime(address, request, settings);
      if (asked > 0 && asked < settings.minExpires()) {
        return new Refused(423, "Interval Too Brief");
      }
      contacts.add(new Contact(address, uri, (int) Math.min(asked, settings.maxExpires())));
    }
    if (outbound && contacts.size() > 1 && registersFlow(contacts)) {
      return new Refused(400, "One flow at a time: reg-id and several contacts");
    }
    return new Update(contacts);
  }

  /** RFC 5626 section 6: a request that brings a flow brings nothing else. */
  private static boolean registersFlow(List<Contact> contacts) {
    long lasting = contacts.stream().filter(contact -> contact.lifetime() > 0).count();
    return lasting > 1
        && contacts.stream().anyMatch(contact -> contact.address().param("reg-id") != null);
  }

  /**
   * The {@code expires} parameter, else the Expires header, else our default; nonsense counts as
   * our default.
   */
  private static long lifetime(NameAddr address, SipRequest request, RegistrarSettings settings) {
    String parameter = address.param("expires");
    if (parameter != null) {
      return parameter.matches("[0-9]{1,10}")
          ? Long.parseLong(parameter)
          : settings.defaultExpires();
    }
    return request.expires() >= 0 ? request.expires() : settings.defaultExpires();
  }
}
