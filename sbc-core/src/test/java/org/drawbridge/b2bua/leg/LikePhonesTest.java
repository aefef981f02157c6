package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.account.Aor;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two phones of an account that name no instance, with one private address, at two places. */
final class LikePhonesTest {

  private static final Aor BOB = new Aor("1002", "example.com");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone office = lab.device(BOB, "192.0.2.71").inside("192.168.1.10");
  private final SimPhone home = lab.device(BOB, "192.0.2.72").inside("192.168.1.10");
  private final SimCall call;

  LikePhonesTest() {
    office.signIn("office");
    home.signIn("home");
    call =
        SimCall.connect(
            home, Sdps.phone("192.0.2.72", 4000), alice, Sdps.phone("192.0.2.11", 4002));
    lab.disconnect(home, CloseCause.LOST);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
    assertThat(office.everything()).isEmpty();
  }

  @Test
  void theOtherHearsNothingOfACallWhosePhoneIsGone() {
    lab.advance(32_100);
    alice.reply(alice.expect(Method.BYE), 200, null);
  }

  @Test
  void theOneInTheCallIsFoundWhenItIsBack() {
    home.reconnect();
    home.signIn("home");
    alice.send(call.calleeDialog().request(Method.BYE));
    alice.expect(200);
    home.reply(home.expect(Method.BYE), 200, null);
  }
}
