package org.drawbridge.ua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Requests of ours that come back. */
final class LoopTest {

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone trunk = lab.trunk("203.0.113.1");

  @Test
  void aTrunkThatSendsACallStraightBackHasMadeALoop() {
    SipRequest invite = alice.invite("+442079460000", Sdps.phone("192.0.2.11", 4000));
    SipRequest sent = trunk.expect(Method.INVITE);
    SipRequest back = trunk.send(sent.edit());
    SipResponse loop = trunk.expect(482);
    trunk.ackFailure(back, loop);
    trunk.reply(sent, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(loop.headers().first(HeaderName.WARNING)).contains("sent from here");
    assertThat(sent.maxForwards()).isEqualTo(68);
    lab.assertClean();
  }
}
