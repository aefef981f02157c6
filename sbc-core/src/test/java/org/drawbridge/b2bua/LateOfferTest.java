package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** INVITEs without an offer, first and later ones (RFC 3261 section 13.2.1, RFC 3725). */
final class LateOfferTest {

  private static final String PHONE = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone browser = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone phone = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aBrowserIsOfferedOnlyWhatAPhoneCanAgreeTo() {
    SipRequest invite = phone.invite("1001", null);
    SipRequest arrived = browser.expect(Method.INVITE);
    assertThat(arrived.bodyText()).contains("UDP/TLS/RTP/SAVPF").contains("PCMA");
    assertThat(arrived.bodyText()).doesNotContain("opus");
    browser.reply(arrived, 200, Sdps.browserAnswer("192.0.2.11"));
    browser.expect(Method.ACK);
    SipResponse answer = phone.expect(200);
    assertThat(answer.bodyText()).contains("RTP/AVP ").doesNotContain("fingerprint");
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, PHONE);

    assertThat(lab.plane().joins()).hasSize(1);
    assertThat(browser.firstLines()).isEmpty();
    phone.hangUp(dialog, browser);
  }

  @Test
  void whoAgreedToMoreThanTheCallerAnsweredIsToldAfterTheAck() {
    SipRequest invite = phone.invite("1001", null);
    browser.reply(browser.expect(Method.INVITE), 200, Sdps.browserAnswer("192.0.2.11"));
    browser.expect(Method.ACK);
    SipResponse answer = phone.expect(200);
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, PHONE.replace("RTP/AVP 0 8 101", "RTP/AVP 8 101"));
    SipRequest aligned = browser.expect(Method.INVITE);
    browser.reply(aligned, 200, Sdps.browserAnswer("192.0.2.11"));
    browser.expect(Method.ACK);

    assertThat(aligned.bodyText()).contains("PCMA").doesNotContain("PCMU");
    phone.hangUp(dialog, browser);
  }

  @Test
  void aLaterInviteWithoutOfferThatChangesNothingStaysHere() {
    SimCall call = SimCall.connect(browser, Sdps.browserOffer("192.0.2.11"), phone, PHONE);
    phone.send(call.calleeDialog().request(Method.INVITE));
    SipResponse offer = phone.expect(200);
    phone.ack(call.calleeDialog(), offer, Sdps.phone("192.0.2.22", 4002, 2, "sendrecv"));

    assertThat(offer.bodyText()).contains("m=audio").contains("PCMU");
    assertThat(browser.firstLines()).isEmpty();
    call.hangUp();
  }

  @Test
  void aLaterInviteWithoutOfferThatHoldsMakesTheBrowserAnswerAnOffer() {
    SimCall call = SimCall.connect(browser, Sdps.browserOffer("192.0.2.11"), phone, PHONE);
    phone.send(call.calleeDialog().request(Method.INVITE));
    SipResponse offer = phone.expect(200);
    phone.ack(call.calleeDialog(), offer, Sdps.phone("192.0.2.22", 4002, 2, "sendonly"));
    SipRequest hold = browser.expect(Method.INVITE);
    browser.reply(hold, 200, Sdps.browserAnswer("192.0.2.11").replace("a=sendrecv", "a=recvonly"));
    browser.expect(Method.ACK);

    assertThat(hold.bodyText()).contains("a=sendonly");
    call.hangUp();
  }

  @Test
  void aBrowserMayAskForAnOfferToo() {
    SimCall call = SimCall.connect(browser, Sdps.browserOffer("192.0.2.11"), phone, PHONE);
    browser.send(call.callerDialog().request(Method.INVITE));
    SipResponse offer = browser.expect(200);
    browser.ack(call.callerDialog(), offer, Sdps.browserAnswer("192.0.2.11"));

    assertThat(offer.bodyText()).contains("UDP/TLS/RTP/SAVPF").contains("a=setup:");
    call.hangUp();
  }

  @Test
  void theAnsweringSideChangesNothingBeforeTheCallerHasAnsweredTheFirstOffer() {
    SipRequest invite = phone.invite("1001", null);
    SipRequest arrived = browser.expect(Method.INVITE);
    browser.reply(arrived, 200, Sdps.browserAnswer("192.0.2.11"));
    browser.expect(Method.ACK);
    SipResponse answer = phone.expect(200);
    SimDialog callee = browser.dialog(arrived);

    browser.send(callee.request(Method.INVITE));
    browser.expect(491);
    browser.send(SimPhone.withSdp(callee.request(Method.UPDATE), Sdps.browserOffer("192.0.2.11")));
    browser.expect(491);

    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, PHONE);
    assertThat(lab.plane().joins()).hasSize(1);
    phone.hangUp(dialog, browser);
  }
}
