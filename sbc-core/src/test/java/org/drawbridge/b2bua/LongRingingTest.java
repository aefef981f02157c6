package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proxies between us and the caller run timer C: they give up after three minutes of silence. */
final class LongRingingTest {

  private final Lab lab =
      new Lab(Lab.CONFIG.replace("ring-timeout: 30s", "ring-timeout: 10m"), CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aCallerIsToldEveryMinuteThatItStillRings() {
    SipRequest invite = alice.invite("1002", Sdps.phone("192.0.2.11", 4000));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.expect(180);
    for (int minute = 1; minute <= 5; minute++) {
      lab.advance(59_999);
      assertThat(alice.firstLines()).noneMatch(line -> line.contains("180"));
      lab.advance(1);
      alice.expect(180);
    }
    bob.reply(arrived, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }
}
