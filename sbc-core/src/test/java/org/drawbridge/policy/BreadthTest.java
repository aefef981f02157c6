package org.drawbridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Forking within the breadth its sender allows (RFC 5393 section 5). */
final class BreadthTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone second = lab.phone("1002", Transport.UDP, "192.0.2.23");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest call(String breadth) {
    return alice.send(alice.invitation("1002", OFFER).header("Max-Breadth", breadth));
  }

  @Test
  void theBreadthIsSharedAmongTheBranches() {
    SipRequest invite = call("9");
    SipRequest atFirst = bob.expect(Method.INVITE);
    SipRequest atSecond = second.expect(Method.INVITE);
    bob.reply(atFirst, 486, null);
    second.reply(atSecond, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(atFirst.headers().first("Max-Breadth")).isEqualTo("4");
    assertThat(atSecond.headers().first("Max-Breadth")).isEqualTo("4");
  }

  @Test
  void whereBreadthIsShortOneRingsAfterTheOther() {
    SipRequest invite = call("1");
    SipRequest atFirst = bob.expect(Method.INVITE);
    assertThat(second.firstLines()).isEmpty();
    bob.reply(atFirst, 486, null);
    second.reply(second.expect(Method.INVITE), 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void withoutAnyBreadthNobodyRings() {
    SipRequest invite = call("0");
    alice.ackFailure(invite, alice.expect(440));

    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void nothingIsSaidWhereNothingWasSaid() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atFirst = bob.expect(Method.INVITE);
    bob.reply(atFirst, 603, null);
    alice.ackFailure(invite, alice.expect(603));

    assertThat(atFirst.headers().first("Max-Breadth")).isNull();
    second.clear();
  }
}
