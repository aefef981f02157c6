package org.drawbridge.example;

import java.util.List;
import java.util.Map;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;

/** The people of one example: phones that sign in, carriers with addresses of their own. */
record Office(TestBed bed, ExampleSbc sbc) {

  /** An account of an example. */
  static SipAccount account(String user, String domain) {
    return new SipAccount(user, domain, "secret-of-" + user);
  }

  static Office open(
      TestBed bed, String example, Map<String, String> changes, SipAccount... accounts) {
    return new Office(bed, bed.join(ExampleSbc.start(example, changes, List.of(accounts))));
  }

  /** Somebody at an address, who need not sign in. */
  RawPhone party(String address, int port) {
    return bed.join(RawPhone.open(address, port, sbc.port(Transport.UDP)));
  }

  /** A phone that has signed in. */
  RawPhone phone(String address, SipAccount account) {
    RawPhone phone = bed.join(RawPhone.open(address, sbc.port(Transport.UDP)));
    phone.register(account);
    return phone;
  }

  /** An account dials, and its password is asked for. */
  static RawCall dial(RawPhone phone, SipAccount account, String number) {
    RawCall call = new RawCall(phone, account, "sip:" + number + "@" + account.domain());
    call.place();
    return call;
  }

  /** A carrier calls a number at a host. */
  static RawCall callIn(RawPhone carrier, String number, String host) {
    SipAccount caller = new SipAccount("+441632960000", "carrier.example", "none");
    RawCall call = new RawCall(carrier, caller, "sip:" + number + "@" + host);
    carrier.send(call.invite());
    return call;
  }

  /** The one called answers; what the INVITE was like. */
  static WireMessage answer(RawPhone caller, RawCall call, RawPhone callee) {
    WireMessage invite = callee.awaitRequest("INVITE");
    callee.respond(invite, "200 OK", RawCall.sdp(callee.address()));
    caller.send(call.ack(caller.awaitResponse(200, "INVITE")));
    callee.awaitRequest("ACK");
    return invite;
  }

  /** The caller hangs up. */
  static void hangUp(RawPhone caller, RawCall call, RawPhone callee) {
    caller.send(call.next("BYE", caller.awaitResponse(200, "INVITE")));
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    caller.awaitResponse(200, "BYE");
  }

  /** A whole call; what its INVITE was like at the one called. */
  static WireMessage talk(RawPhone caller, RawCall call, RawPhone callee) {
    WireMessage invite = answer(caller, call, callee);
    hangUp(caller, call, callee);
    return invite;
  }
}
