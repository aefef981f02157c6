package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.LinphonePhone;
import org.drawbridge.support.LinphonePhone.Media;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Linphone behind a NAT: the softphone that most people without a desk phone have. */
@OnTestBed
final class LinphoneTest {

  private static final Tone LINPHONE = new Tone(440);
  private static final Tone PHONE = new Tone(1000);
  private static final Tone THIRD = new Tone(1700);

  private Parties parties;
  private Site home;
  private Site shop;
  private BaresipPhone phone;

  @BeforeEach
  void startAPhone(TestBed bed) {
    Network network = bed.join(Network.make());
    parties = new Parties(bed, network);
    home = network.site("home");
    shop = network.site("shop");
    phone = parties.phone("1002", PHONE, shop.host());
  }

  private LinphonePhone linphone(PhoneTransport via, Media media) {
    return parties.linphone("1001", via, media, LINPHONE, home.host());
  }

  private void assertBothHear(LinphonePhone linphone) {
    phone.awaitTone(LINPHONE);
    linphone.awaitTone(PHONE);
  }

  @Test
  void overTlsWithSrtpAndIceItCallsAPhoneAndEachHoldsTheOther() {
    LinphonePhone linphone = linphone(PhoneTransport.TLS, Media.SRTP_AND_ICE);
    linphone.dial("1002");
    assertBothHear(linphone);
    assertThat(parties.sbc().ask("calls").text()).contains("1001@sbc.test, sdes ");

    linphone.press('4');
    phone.awaitCount("CALL_DTMF_START", 1);
    phone.sendDtmf("5#");
    assertThat(linphone.awaitKeys(2)).isEqualTo("5#");

    linphone.hold();
    linphone.awaitSilence();
    linphone.resume();
    phone.awaitAudioPackets();
    linphone.awaitTone(PHONE);

    phone.hold();
    linphone.awaitSilence();
    phone.resume();
    linphone.awaitTone(PHONE);

    linphone.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void overUdpAPhoneCallsIt() {
    LinphonePhone linphone = linphone(PhoneTransport.UDP, Media.PLAIN);
    phone.dial("1001");
    linphone.answer();
    phone.awaitEvent("CALL_ESTABLISHED");
    assertBothHear(linphone);

    phone.hangUp();
    linphone.awaitEnd();
  }

  @Test
  void itSendsAPhoneThatCallsItToAnother() {
    BaresipPhone other = parties.phone("1004", THIRD, shop.host());
    LinphonePhone linphone = linphone(PhoneTransport.TLS, Media.SRTP);
    phone.dial("1001");
    linphone.answer();
    assertBothHear(linphone);

    linphone.transfer("1004");

    other.awaitTone(PHONE);
    phone.awaitTone(THIRD);
  }
}
