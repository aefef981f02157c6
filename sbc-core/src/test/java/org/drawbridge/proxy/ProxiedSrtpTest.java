package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Calls that are passed on, with their media relayed, to phones that take nothing but SRTP. */
final class ProxiedSrtpTest extends RelayedPhones {

  private static final String KEY =
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "YWJj".repeat(10) + "\r\n";

  private final SimPhone carol = lab.phone("1003", Transport.TLS, "192.0.2.33");

  private SipRequest expect(String form) {
    SipRequest offer = carol.expect(Method.INVITE);
    assertOurs(offer);
    assertThat(offer.bodyText()).contains(' ' + form + ' ');
    return offer;
  }

  private void refuse(SipRequest offer, int status) {
    carol.reply(offer, status, null);
    carol.expect(Method.ACK);
  }

  private void takesSrtp(SipRequest invite, SipRequest offer) {
    assertThat(offer.bodyText()).contains("a=crypto:");
    String answer = Sdps.phone("192.0.2.33", 5000).replace("RTP/AVP", "RTP/SAVP") + KEY;
    carol.reply(offer, 200, answer);
    SipResponse ok = alice.expect(200);
    assertOurs(ok);
    assertThat(ok.bodyText()).contains(" RTP/AVP ").doesNotContain("a=crypto:");
    ProxyLab.endAnswered(alice, invite, ok, carol);
  }

  @Test
  void aPhoneThatRefusesPlainRtpIsOfferedSrtpAndTheNextTimeAtOnce() {
    SipRequest first = alice.invite("1003", OFFER);
    refuse(expect("RTP/AVP"), 488);
    takesSrtp(first, expect("RTP/SAVP"));

    SipRequest second = alice.invite("1003", OFFER);
    takesSrtp(second, expect("RTP/SAVP"));
  }

  @Test
  void aPhoneThatRefusesKeysInTheDescriptionIsOfferedDtlsAndNothingMore() {
    SipRequest invite = alice.invite("1003", OFFER);
    refuse(expect("RTP/AVP"), 606);
    refuse(expect("RTP/SAVP"), 488);
    refuse(expect("UDP/TLS/RTP/SAVP"), 488);
    alice.ackFailure(invite, alice.expect(488));
    assertThat(carol.firstLines()).as("no fourth offer").isEmpty();
  }

  /** What rang and was refused says nothing of what is refused at once. */
  @Test
  void aPhoneThatRangForOneOfferAloneIsOfferedTheThirdForm() {
    SipRequest invite = alice.invite("1003", OFFER);
    SipRequest plain = expect("RTP/AVP");
    carol.reply(plain, 180, null);
    refuse(plain, 488);
    refuse(expect("RTP/SAVP"), 488);
    refuse(expect("UDP/TLS/RTP/SAVP"), 488);
    alice.ackFailure(invite, alice.expect(488));
  }

  /**
   * A phone still has the transaction of the INVITE that it refused, whose Call-ID and CSeq are the
   * same (RFC 3261 section 8.2.2.2).
   */
  @Test
  void aPhoneThatTakesTheSecondOfferForACopyIsAskedOnceMoreWhenItHasForgottenTheFirst() {
    SipRequest invite = alice.invite("1003", OFFER);
    refuse(expect("RTP/AVP"), 488);
    refuse(expect("RTP/SAVP"), 482);
    lab.advance(5_000);
    assertThat(carol.firstLines()).as("not before timer I has ended there").isEmpty();
    lab.advance(1_000);
    takesSrtp(invite, expect("RTP/SAVP"));
  }

  @Test
  void aPhoneThatCallsItACopyAgainIsBelieved() {
    SipRequest invite = alice.invite("1003", OFFER);
    refuse(expect("RTP/AVP"), 488);
    refuse(expect("RTP/SAVP"), 482);
    lab.advance(6_000);
    refuse(expect("RTP/SAVP"), 482);
    lab.advance(6_000);
    assertThat(carol.firstLines()).isEmpty();
    alice.ackFailure(invite, alice.expect(482));
  }

  @Test
  void whoGivesUpWhileItIsWaitedForIsToldAtOnce() {
    SipRequest invite = alice.invite("1003", OFFER);
    refuse(expect("RTP/AVP"), 488);
    refuse(expect("RTP/SAVP"), 482);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    lab.advance(6_000);
    assertThat(carol.firstLines()).isEmpty();
  }

  /** The other device has decided, and nothing is on its way to the one that is waited for. */
  @Test
  void whoDeclinesElsewhereMeanwhileIsHeardAtOnce() {
    SimPhone desk = lab.phone("1003", Transport.TLS, "192.0.2.34");
    SipRequest invite = alice.invite("1003", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    refuse(expect("RTP/AVP"), 488);
    SipRequest second = expect("RTP/SAVP");
    carol.reply(second, 180, null);
    alice.expect(180);
    refuse(second, 482);
    desk.reply(atDesk, 603, null);
    desk.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(603));
    lab.advance(6_000);
    assertThat(carol.firstLines()).isEmpty();
  }

  @Test
  void whoGaveUpMeanwhileIsNotCalledForAgain() {
    SipRequest invite = alice.invite("1003", OFFER);
    SipRequest plain = expect("RTP/AVP");
    carol.reply(plain, 100, null);
    alice.cancel(invite);
    carol.reply(carol.expect(Method.CANCEL), 200, null);
    refuse(plain, 488);
    alice.ackFailure(invite, alice.expect(488));
    assertThat(carol.firstLines()).isEmpty();
  }
}
