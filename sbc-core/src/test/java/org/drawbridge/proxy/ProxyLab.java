package org.drawbridge.proxy;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/** A lab whose routes pass calls on. */
final class ProxyLab {

  /** The routes of {@link Lab#CONFIG} in another mode. */
  static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      call: { ring-timeout: 30s }
      trunks:
        acme:
          targets: [ "sip:203.0.113.1:5060", "sip:203.0.113.2:5060" ]
          from: 203.0.113.0/24
          trust: true
          headers: { X-Customer: "4711" }
      routes:
        - name: outside
          when: { from: registered, to: "(?:00|+)([0-9]{7,15})" }
          set: { to: "+$1" }
          to: { trunk: acme }
          mode: proxy
          media: direct
        - name: inside
          when: { to-domain: local }
          to: { registrar: true }
          mode: proxy
          media: direct
      """;

  /** The same with media through us. */
  static final String RELAYING = CONFIG.replace("    media: direct\n", "");

  private ProxyLab() {}

  static Lab make() {
    return new Lab(CONFIG, CallLimits.DEFAULTS);
  }

  /** Calls, answers at once and acknowledges; the ACK is left for the test to look at. */
  static SimCall connect(SimPhone caller, String offer, SimPhone callee, String answer) {
    SipRequest invite = caller.invite(callee.aor().user(), offer);
    SipRequest arrived = callee.expect(Method.INVITE);
    callee.reply(arrived, 200, answer);
    SipResponse ok = caller.expect(200);
    SimDialog dialog = caller.dialog(invite, ok);
    caller.ack(dialog, ok, null);
    return new SimCall(caller, callee, dialog, callee.dialog(arrived), invite, arrived, ok);
  }

  /** The caller acknowledges an answer and hangs up. */
  static void endAnswered(SimPhone caller, SipRequest invite, SipResponse ok, SimPhone callee) {
    SimDialog dialog = caller.dialog(invite, ok);
    caller.ack(dialog, ok, null);
    callee.expect(Method.ACK);
    caller.hangUp(dialog, callee);
  }

  /** The caller hangs up and the callee agrees. */
  static void hangUp(SimCall call) {
    call.hangUp();
  }
}
