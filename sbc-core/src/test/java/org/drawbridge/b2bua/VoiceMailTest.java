package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that nobody answers, and that go to another target then. */
final class VoiceMailTest {

  private static final String NUMBER = "+442079460000";
  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String EARLY = Sdps.phone("203.0.113.1", 4002);
  private static final String MAILBOX = Sdps.phone("192.0.2.77", 4004);
  private static final String PROXIED =
      Lab.CONFIG.replace(
          "to: [ { trunk: acme }, { trunk: beta } ]",
          "to: [ { trunk: acme }, { trunk: beta } ]\n    mode: proxy\n    media: direct");

  private Lab lab = new Lab();
  private SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private SimPhone mobile = lab.trunk("203.0.113.1");
  private SimPhone sameTrunk = lab.trunk("203.0.113.2");
  private SimPhone mailbox = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void cancelled(SipRequest arrived) {
    mobile.reply(mobile.expect(Method.CANCEL), 200, null);
    mobile.reply(arrived, 487, null);
    mobile.expect(Method.ACK);
  }

  /** The other host of the trunk would ring the same phone for as long again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPhoneThatRangInVainIsNotRungAgainByWayOfAnotherHost(boolean proxied) {
    if (proxied) {
      lab = new Lab(PROXIED, CallLimits.DEFAULTS);
      alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
      mobile = lab.trunk("203.0.113.1");
      sameTrunk = lab.trunk("203.0.113.2");
      mailbox = lab.trunk("192.0.2.77");
    }
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest ringing = mobile.expect(Method.INVITE);
    mobile.reply(ringing, 180, null);
    lab.advance(30_100);
    cancelled(ringing);
    assertThat(sameTrunk.everything()).isEmpty();
    SipRequest atMailbox = mailbox.expect(Method.INVITE);
    mailbox.reply(atMailbox, 200, MAILBOX);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    mailbox.expect(Method.ACK);
    alice.hangUp(dialog, mailbox);
  }

  @Test
  void whoHeardReliableEarlyMediaIsBroughtToTheMailbox() {
    SipRequest invite =
        alice.send(alice.invitation(NUMBER, OFFER).replace(HeaderName.SUPPORTED, "100rel, timer"));
    SipRequest ringing = mobile.expect(Method.INVITE);
    mobile.reply(ringing, 183, EARLY, "Require: 100rel", "RSeq: 7");
    mobile.reply(mobile.expect(Method.PRACK), 200, null);
    SipResponse early = alice.expect(183);
    SimDialog dialog = alice.dialog(invite, early);
    String rack = early.headers().first(HeaderName.RSEQ) + " " + invite.cseq();
    alice.send(dialog.request(Method.PRACK).header(HeaderName.RACK, rack));
    alice.expect(200);
    lab.advance(30_100);
    cancelled(ringing);

    SipRequest atMailbox = mailbox.expect(Method.INVITE);
    mailbox.reply(atMailbox, 200, MAILBOX.replace("RTP/AVP 0 8 101", "RTP/AVP 8 101"));
    SipResponse answer = alice.expect(200);
    alice.ack(dialog, answer, null);
    SipRequest realigned = alice.expect(Method.INVITE);
    alice.reply(realigned, 200, OFFER.replace("RTP/AVP 0 8 101", "RTP/AVP 8 101"));
    alice.expect(Method.ACK);
    mailbox.expect(Method.ACK);
    alice.hangUp(dialog, mailbox);
  }
}
