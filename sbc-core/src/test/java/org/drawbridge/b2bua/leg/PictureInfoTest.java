package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LabPlane;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Phones with a screen that ask and are asked for whole pictures in INFO (RFC 5168). */
final class PictureInfoTest {

  private static final String TYPE = "application/media_control+xml";
  private static final String PICTURE = "a=rtpmap:99 H264/90000\r\n";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SimCall connect() {
    return SimCall.connect(
        alice,
        Sdps.phone("192.0.2.11", 4000) + "m=video 4010 RTP/AVP 99\r\n" + PICTURE,
        bob,
        Sdps.phone("192.0.2.22", 4002) + "m=video 4012 RTP/AVP 99\r\n" + PICTURE);
  }

  /** That of the callee, whose offer opened it. */
  private LabPlane.Port video() {
    return lab.plane().open().get(2);
  }

  private void ask(SimDialog dialog) {
    String body =
        "<media_control><vc_primitive><to_encoder><picture_fast_update>"
            + "</picture_fast_update></to_encoder></vc_primitive></media_control>";
    alice.send(dialog.request(Method.INFO).body(TYPE, body.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void anInfoAsksTheOtherSideInTheFormItKnows() {
    SimCall call = connect();
    ask(call.callerDialog());
    alice.expect(200);
    assertThat(video().pictures()).isEqualTo(1);
    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("INFO"));
    call.hangUp();
  }

  @Test
  void whomNoFeedbackCanAskGetsAnInfoAtATime() {
    SimCall call = connect();
    video().listener().onPictureWanted();
    SipRequest asked = bob.expect(Method.INFO);
    assertThat(asked.contentType()).isEqualTo(TYPE);
    assertThat(asked.bodyText()).contains("<to_encoder><picture_fast_update/></to_encoder>");
    video().listener().onPictureWanted();
    bob.reply(asked, 200, null);
    video().listener().onPictureWanted();
    bob.reply(bob.expect(Method.INFO), 415, null);
    video().listener().onPictureWanted();
    lab.advance(1_000);
    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("INFO"));
    call.hangUp();
  }

  @Test
  void whereNoPictureIsCarriedTheInfoPassesAsItIs() {
    SimCall call =
        SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));
    ask(call.callerDialog());
    SipRequest got = bob.expect(Method.INFO);
    assertThat(got.contentType()).isEqualTo(TYPE);
    bob.reply(got, 200, null);
    alice.expect(200);
    call.hangUp();
  }
}
