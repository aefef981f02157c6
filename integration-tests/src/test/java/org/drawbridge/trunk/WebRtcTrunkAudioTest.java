package org.drawbridge.trunk;

import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.AiortcPhone;
import org.drawbridge.support.AiortcPhone.IceAgent;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A desk phone and a WebRTC server behind a trunk, which talks to nobody who has not checked it.
 */
@OnTestBed
final class WebRtcTrunkAudioTest {

  private static final Tone PHONE = new Tone(440);
  private static final Tone SERVER = new Tone(1000);

  private static final String TRUNK =
      """
      trunks:
        bots: { targets: "sip:%s;transport=udp", from: 127.0.0.2, media: webrtc }
      """;

  private static final String ROUTES =
      """
      - { name: out, when: { from: registered, to: "9([0-9]+)" }, set: { to: "$1" }, to: { trunk: bots } }
      - { name: in, when: { from: bots, to: "1[0-9]+" }, to: { registrar: true } }
      """;

  /** A phone, and the server beside it that has this part in ICE. */
  private record Scene(BaresipPhone phone, AiortcPhone server) {

    static Scene open(TestBed bed, IceAgent ice) {
      String own = "127.0.0.2:" + FreePorts.one();
      int port = bed.sbc(TRUNK.formatted(own), ROUTES).ports().sip();
      AiortcPhone server =
          AiortcPhone.behindTrunk(bed.subdirectory("aiortc"), "2000", own, ice, port, SERVER);
      bed.join(server);
      return new Scene(bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO), server);
    }

    void assertBothHear() {
      phone.awaitTone(SERVER);
      server.awaitTone(PHONE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePhoneCallsAServerOfEitherKindOfIce(IceAgent ice, TestBed bed) {
    Scene scene = Scene.open(bed, ice);
    scene.phone.dial("92000");

    scene.server.awaitIceControlledByPeer();
    scene.assertBothHear();

    scene.phone.hangUp();
    scene.server.awaitEnd();
  }

  @ParameterizedTest
  @EnumSource
  void aServerOfEitherKindOfIceCallsThePhone(IceAgent ice, TestBed bed) {
    Scene scene = Scene.open(bed, ice);
    scene.server.dial("1002");

    scene.assertBothHear();

    scene.server.hangUp();
    scene.phone.awaitEvent("CALL_CLOSED");
  }
}
