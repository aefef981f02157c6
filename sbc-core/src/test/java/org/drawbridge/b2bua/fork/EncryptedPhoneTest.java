package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to phones that are told to take nothing but SRTP; they answer 488 to an offer of RTP. */
final class EncryptedPhoneTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String KEY = "AES_CM_128_HMAC_SHA1_80 inline:" + "YWJj".repeat(10);

  private static final String FINGERPRINT =
      "a=fingerprint:sha-256 " + "AA:".repeat(31) + "BB\r\na=setup:active\r\n";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TLS, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static String encrypted(String sdp) {
    return sdp.replace("RTP/AVP", "RTP/SAVP") + "a=crypto:1 " + KEY + "\r\n";
  }

  private void refuse(SipRequest offer, int status) {
    bob.reply(offer, status, null);
    bob.expect(Method.ACK);
  }

  @Test
  void aPhoneThatRefusesPlainRtpIsOfferedSrtp() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest plain = bob.expect(Method.INVITE);
    assertThat(plain.bodyText()).contains("RTP/AVP");
    refuse(plain, 488);

    SipRequest secret = bob.expect(Method.INVITE);
    assertThat(secret.bodyText()).contains("RTP/SAVP").contains("a=crypto:");
    assertThat(secret.callId()).isNotEqualTo(plain.callId());
    bob.reply(secret, 200, encrypted(Sdps.phone("192.0.2.22", 5000)));
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    assertThat(answer.bodyText()).contains("RTP/AVP").doesNotContain("a=crypto:");

    alice.endAnswered(invite, answer, bob);
  }

  @Test
  void theNextCallBeginsWithWhatThePhoneTookUntilItRefusesThat() {
    aPhoneThatRefusesPlainRtpIsOfferedSrtp();

    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest secret = bob.expect(Method.INVITE);
    assertThat(secret.bodyText()).contains("RTP/SAVP", "a=crypto:");
    refuse(secret, 488);
    SipRequest plain = bob.expect(Method.INVITE);
    assertThat(plain.bodyText()).contains("RTP/AVP").doesNotContain("a=crypto:");
    refuse(plain, 486);
    alice.ackFailure(invite, alice.expect(486));

    SipRequest again = alice.invite("1002", OFFER);
    SipRequest asAtFirst = bob.expect(Method.INVITE);
    assertThat(asAtFirst.bodyText()).contains("RTP/AVP");
    refuse(asAtFirst, 486);
    alice.ackFailure(again, alice.expect(486));
  }

  @ParameterizedTest
  @ValueSource(ints = {488, 606})
  void aPhoneThatRefusesKeysInTheDescriptionIsOfferedDtls(int status) {
    SipRequest invite = alice.invite("1002", OFFER);
    for (int offers = 0; offers < 2; offers++) {
      refuse(bob.expect(Method.INVITE), status);
    }
    SipRequest dtls = bob.expect(Method.INVITE);
    assertThat(dtls.bodyText()).contains("UDP/TLS/RTP/SAVP", "a=fingerprint:", "a=setup:actpass");
    String answer = Sdps.phone("192.0.2.22", 5000).replace("RTP/AVP", "UDP/TLS/RTP/SAVP");
    bob.reply(dtls, 200, answer + FINGERPRINT);
    bob.expect(Method.ACK);
    SipResponse answered = alice.expect(200);
    assertThat(answered.bodyText()).contains("RTP/AVP").doesNotContain("a=setup");
    alice.endAnswered(invite, answered, bob);
  }

  @Test
  void aPhoneThatTakesNoneOfItsMediaInA200IsHungUpAndOfferedSrtp() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest plain = bob.expect(Method.INVITE);
    bob.reply(plain, 200, Sdps.phone("192.0.2.22", 0));
    bob.expect(Method.ACK);
    bob.reply(bob.expect(Method.BYE), 200, null);

    SipRequest secret = bob.expect(Method.INVITE);
    assertThat(secret.bodyText()).contains("RTP/SAVP", "a=crypto:");
    bob.reply(secret, 200, encrypted(Sdps.phone("192.0.2.22", 5000)));
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, bob);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 488})
  void aPhoneThatHasRungTwiceIsNotRungAThirdTime(int status) {
    SipRequest invite = alice.invite("1002", OFFER);
    for (int rings = 0; rings < 2; rings++) {
      SipRequest offer = bob.expect(Method.INVITE);
      bob.reply(offer, 180, null);
      bob.reply(offer, status, status == 200 ? Sdps.phone("192.0.2.22", 0) : null);
      bob.expect(Method.ACK);
      if (status == 200) {
        bob.reply(bob.expect(Method.BYE), 200, null);
      }
    }
    alice.expect(180);
    alice.ackFailure(invite, alice.expect(488));
    assertThat(bob.firstLines()).as("no third ring").isEmpty();
  }

  /** As baresip does that is told to use DTLS. */
  @Test
  void aPhoneThatAnswersKeysInTheDescriptionWithDtlsIsOfferedThat() {
    SipRequest invite = alice.invite("1002", OFFER);
    refuse(bob.expect(Method.INVITE), 488);
    String answer = Sdps.phone("192.0.2.22", 5000).replace("RTP/AVP", "RTP/SAVP") + FINGERPRINT;
    bob.reply(bob.expect(Method.INVITE), 200, answer);
    bob.expect(Method.ACK);
    bob.reply(bob.expect(Method.BYE), 200, null);
    SipRequest dtls = bob.expect(Method.INVITE);
    assertThat(dtls.bodyText()).contains("UDP/TLS/RTP/SAVP", "a=setup:actpass");
    bob.reply(dtls, 200, answer.replace("RTP/SAVP", "UDP/TLS/RTP/SAVP"));
    bob.expect(Method.ACK);
    SipResponse answered = alice.expect(200);
    alice.endAnswered(invite, answered, bob);
  }

  @Test
  void aPhoneThatRefusesSrtpTooIsLeftAlone() {
    SipRequest invite = alice.invite("1002", OFFER);
    for (int offers = 0; offers < 3; offers++) {
      refuse(bob.expect(Method.INVITE), 488);
    }
    alice.ackFailure(invite, alice.expect(488));
    assertThat(bob.firstLines()).as("no fourth offer").isEmpty();
  }

  @Test
  void aBrowserIsNotAskedAgain() {
    SimPhone browser = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SipRequest invite = alice.invite("1003", OFFER);
    browser.reply(browser.expect(Method.INVITE), 488, null);
    browser.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(488));
    assertThat(browser.firstLines()).as("no other offer").isEmpty();
  }
}
