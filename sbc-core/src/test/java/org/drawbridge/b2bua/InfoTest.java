package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * INFO within a call (RFC 6086) reaches the other side, whoever sends it; that of a key becomes
 * what the other side takes.
 */
final class InfoTest {

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static void tell(SimPhone from, SimDialog dialog, SimPhone to, String text, int status) {
    from.send(
        dialog
            .request(Method.INFO)
            .header("Info-Package", "keys")
            .body("application/media_control+xml", text.getBytes(StandardCharsets.UTF_8)));
    SipRequest got = to.expect(Method.INFO);
    assertThat(got.bodyText()).isEqualTo(text);
    assertThat(got.contentType()).isEqualTo("application/media_control+xml");
    assertThat(got.headers().all("Info-Package")).containsExactly("keys");
    to.reply(got, status, null);
    from.expect(status);
  }

  @Test
  void bothSidesMayTellTheOther() {
    SimCall call =
        SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));
    tell(alice, call.callerDialog(), bob, "<a/>", 200);
    tell(bob, call.calleeDialog(), alice, "<b/>", 200);
    tell(bob, call.calleeDialog(), alice, "<c/>", 469);
    tell(alice, call.callerDialog(), bob, "<d/>", 200);
    call.hangUp();
  }

  private static MessageBuilder<SipRequest> key(SimDialog dialog, char key) {
    return dialog
        .request(Method.INFO)
        .body(
            "application/dtmf-relay",
            ("Signal=" + key + "\r\nDuration=100\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aKeyBecomesAnEventForPhonesThatTakeEvents() {
    SimCall call =
        SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));
    alice.send(key(call.callerDialog(), '#'));
    alice.expect(200);

    assertThat(lab.plane().open().getLast().keys()).containsExactly("11 for 100 ms");
    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("INFO"));
    call.hangUp();
  }

  @Test
  void aKeyReachesWhoeverIsHeardBeforeTheAnswer() {
    SipRequest invite = alice.invite("1002", Sdps.phone("192.0.2.11", 4000));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SimDialog early = alice.dialog(invite, alice.expect(180));
    alice.send(key(early, '1'));
    alice.expect(500);

    bob.reply(arrived, 183, Sdps.phone("192.0.2.22", 4002));
    alice.expect(183);
    alice.send(key(early, '#'));
    alice.expect(200);
    assertThat(lab.plane().open().getLast().keys()).containsExactly("11 for 100 ms");

    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void browsersGetKeysAsInfoSinceTheySeeNoEvents() {
    SimPhone browser = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SimCall call =
        SimCall.connect(
            alice, Sdps.phone("192.0.2.11", 4000), browser, Sdps.browserAnswer("192.0.2.33"));
    alice.send(key(call.callerDialog(), '4'));
    SipRequest got = browser.expect(Method.INFO);
    assertThat(got.bodyText()).startsWith("Signal=4");
    browser.reply(got, 200, null);
    alice.expect(200);
    call.hangUp();
  }

  @Test
  void aKeyHeardInMediaIsToldToThePeerThatTakesThemSo() {
    SimCall call =
        SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));
    lab.plane().open().getFirst().listener().onKey('7', 120);
    SipRequest got = bob.expect(Method.INFO);
    assertThat(got.contentType()).isEqualTo("application/dtmf-relay");
    assertThat(got.bodyText()).isEqualTo("Signal=7\r\nDuration=120\r\n");
    bob.reply(got, 200, null);
    call.hangUp();
  }
}
