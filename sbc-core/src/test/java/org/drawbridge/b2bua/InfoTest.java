package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** INFO within a call (RFC 6086) reaches the other side, whoever sends it. */
final class InfoTest {

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static void tell(SimPhone from, SimDialog dialog, SimPhone to, String digit, int status) {
    from.send(
        dialog
            .request(Method.INFO)
            .header("Info-Package", "keys")
            .body("application/dtmf-relay", digit.getBytes(StandardCharsets.UTF_8)));
    SipRequest got = to.expect(Method.INFO);
    assertThat(got.bodyText()).isEqualTo(digit);
    assertThat(got.contentType()).isEqualTo("application/dtmf-relay");
    assertThat(got.headers().all("Info-Package")).containsExactly("keys");
    to.reply(got, status, null);
    from.expect(status);
  }

  @Test
  void bothSidesMayTellTheOther() {
    SimCall call =
        SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));
    tell(alice, call.callerDialog(), bob, "Signal=5", 200);
    tell(bob, call.calleeDialog(), alice, "Signal=6", 200);
    tell(bob, call.calleeDialog(), alice, "Signal=7", 469);
    tell(alice, call.callerDialog(), bob, "Signal=8", 200);
    call.hangUp();
  }
}
