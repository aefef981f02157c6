package org.drawbridge.network;

import org.drawbridge.support.AiortcPhone;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** aiortc behind a NAT: a WebRTC stack that shares nothing with the browsers'. */
@OnTestBed
final class AiortcTest {

  private static final Tone AIORTC = new Tone(440);
  private static final Tone PHONE = new Tone(1000);

  private AiortcPhone aiortc;
  private BaresipPhone phone;

  @BeforeEach
  void startBoth(TestBed bed) {
    Network network = bed.join(Network.make());
    Parties parties = new Parties(bed, network);
    phone = parties.phone("1002", PHONE, network.site("shop").host());
    aiortc = parties.aiortc("1001", AIORTC, network.site("home").host());
  }

  private void assertBothHear() {
    phone.awaitTone(AIORTC);
    aiortc.awaitTone(PHONE);
  }

  @Test
  void itCallsAPhoneAndEachHoldsTheOther() {
    aiortc.dial("1002");
    assertBothHear();

    aiortc.hold();
    phone.awaitSilence();
    aiortc.awaitSilence();
    aiortc.resume();
    phone.awaitAudioPackets();
    aiortc.awaitTone(PHONE);

    phone.hold();
    aiortc.awaitSilence();
    phone.resume();
    aiortc.awaitTone(PHONE);

    aiortc.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void aPhoneCallsIt() {
    phone.dial("1001");
    phone.awaitEvent("CALL_ESTABLISHED");
    assertBothHear();

    phone.hangUp();
    aiortc.awaitEnd();
  }

  /** It reads lines of media that we reject as it does all others. */
  @Test
  void theyTalkWhereThePhoneHasNeitherAScreenNorADataChannel() {
    aiortc.dialWithPictureAndData("1002");
    assertBothHear();
  }
}
