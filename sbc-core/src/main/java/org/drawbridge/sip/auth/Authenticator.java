package org.drawbridge.sip.auth;

import java.net.InetAddress;
import org.drawbridge.sip.message.SipRequest;

/** Asks senders who they are. Thread-safe. */
public interface Authenticator {

  /**
   * Checks Authorization on a REGISTER, Proxy-Authorization on anything else, against the accounts
   * of the realm.
   *
   * @param source where the request came from; too many failures from one address are refused
   *     without a challenge
   * @param realm the domain whose accounts count
   */
  AuthOutcome authenticate(SipRequest request, InetAddress source, String realm);
}
