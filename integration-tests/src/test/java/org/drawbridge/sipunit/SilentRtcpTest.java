package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.RtpParty;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A phone that has RTP but no RTCP. */
@OnTestBed
final class SilentRtcpTest {

  private static final String PHONE = "127.0.0.12";
  private static final int PACKETS = 50;

  @Test
  void aBrowserIsToldHowItIsReceivedAllTheSame(TestBed bed) {
    int port = bed.sbc().ports().sip();
    RawPhone phone = bed.join(RawPhone.open(PHONE, port));
    RtpParty audio = bed.join(RtpParty.open(PHONE));
    phone.register(SbcFiles.account("1004"));
    Browser browser = bed.browser("1001", new Tone(440));

    browser.call("1004");
    WireMessage invite = phone.awaitRequest("INVITE");
    phone.respond(invite, "200 OK", RawCall.sdp(phone.address(), audio.port()));
    phone.awaitRequest("ACK");
    browser.awaitEvent("confirmed");
    audio.send(RtpParty.audioOf(invite.body()), PACKETS);

    assertThat(browser.awaitRemoteReport().remoteReports()).isPositive();
    browser.hangUp();
    phone.respond(phone.awaitRequest("BYE"), "200 OK", "");
  }
}
