package org.drawbridge.support;

/**
 * An account of the SBC under test.
 *
 * @param user name, also the digest username
 * @param domain SIP domain, also the digest realm
 * @param password in the clear; made for the test
 */
public record SipAccount(String user, String domain, String password) {

  /** Its address of record. */
  public String uri() {
    return "sip:" + user + "@" + domain;
  }

  /** The same account as somebody would use who does not know the password. */
  public SipAccount withWrongPassword() {
    return new SipAccount(user, domain, "not-" + password);
  }
}
