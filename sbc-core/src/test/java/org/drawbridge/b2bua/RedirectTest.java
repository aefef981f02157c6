package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a 3xx (RFC 3261 sections 8.1.3.4 and 16.5). */
final class RedirectTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.33", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  static void redirect(SimPhone phone, SipRequest invite, String... contacts) {
    var out = SipResponse.to(invite, 302, "Moved Temporarily", "moved");
    for (String contact : contacts) {
      out.header(HeaderName.CONTACT, contact);
    }
    phone.wire().send(out.build().wire());
    phone.expect(Method.ACK);
  }

  private void talk(SimPhone callee, SipRequest invite, SipRequest arrived) {
    callee.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, callee);
  }

  @Test
  void anotherAccountIsCalledInstead() {
    SipRequest invite = alice.invite("1002", OFFER);
    redirect(bob, bob.expect(Method.INVITE), "<sip:1003@example.com>");
    SipRequest arrived = carol.expect(Method.INVITE);

    assertThat(((SipUri) arrived.from().uri()).user()).isEqualTo("1001");
    assertThat(alice.firstLines()).noneMatch(line -> line.contains(" 3"));
    talk(carol, invite, arrived);
  }

  @Test
  void anAccountMayRedirectToWhereItMayCallItself() {
    SimPhone trunk = lab.trunk("203.0.113.1");
    SipRequest invite = alice.invite("1002", OFFER);
    redirect(bob, bob.expect(Method.INVITE), "<sip:+442079460000@example.com;user=phone>");
    SipRequest arrived = trunk.expect(Method.INVITE);

    assertThat(((SipUri) arrived.requestUri()).user()).isEqualTo("+442079460000");
    talk(trunk, invite, arrived);
  }

  /** A carrier wants to know who pays, and a voice mail whose it is (RFC 5806). */
  @Test
  void aTrustedTrunkIsToldWhoHasRedirected() {
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone next = lab.trunk("203.0.113.2");
    SimPhone other = lab.trunk("192.0.2.77");
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atBob = bob.expect(Method.INVITE);
    redirect(bob, atBob, "<sip:1003@example.com>");
    SipRequest atCarol = carol.expect(Method.INVITE);
    carol
        .wire()
        .send(
            SipResponse.to(atCarol, 302, "Moved Temporarily", "moved")
                .header(HeaderName.CONTACT, "<sip:+442079460000@example.com>")
                .header(HeaderName.DIVERSION, "<sip:1003@192.0.2.33>;reason=no-answer;x=y")
                .build()
                .wire());
    carol.expect(Method.ACK);
    SipRequest arrived = trunk.expect(Method.INVITE);
    trunk.reply(arrived, 503, null);
    next.reply(next.expect(Method.INVITE), 503, null);
    SipRequest untold = other.expect(Method.INVITE);
    other.reply(untold, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(atCarol.headers().has(HeaderName.DIVERSION)).isFalse();
    assertThat(arrived.headers().all(HeaderName.DIVERSION))
        .containsExactly(
            "<sip:1003@example.com>;reason=no-answer;counter=1",
            "<sip:1002@example.com>;reason=unknown;counter=1");
    assertThat(untold.headers().has(HeaderName.DIVERSION)).isFalse();
  }

  @Test
  void aTrunkMayNotRedirectBackOutThroughTheTrunks() {
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone other = lab.trunk("192.0.2.77");
    SipRequest invite = alice.invite("+442079460000", OFFER);
    redirect(trunk, trunk.expect(Method.INVITE), "<sip:+882999999999@203.0.113.1>");
    alice.ackFailure(invite, alice.expect(480));

    assertThat(trunk.firstLines()).isEmpty();
    assertThat(other.firstLines()).isEmpty();
  }

  @Test
  void aRoundIsNotGoneTwice() {
    SipRequest invite = alice.invite("1002", OFFER);
    redirect(bob, bob.expect(Method.INVITE), "<sip:1003@example.com>");
    redirect(carol, carol.expect(Method.INVITE), "<sip:1002@example.com>");
    alice.ackFailure(invite, alice.expect(480));

    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void aChainHasAnEnd() {
    SimPhone[] chain = new SimPhone[7];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = lab.phone("20" + i, Transport.UDP, "192.0.2.10" + i);
    }
    SipRequest invite = alice.invite("200", OFFER);
    for (int i = 0; i <= 5; i++) {
      redirect(chain[i], chain[i].expect(Method.INVITE), "<sip:20" + (i + 1) + "@example.com>");
    }
    alice.ackFailure(invite, alice.expect(480));

    assertThat(chain[6].firstLines()).isEmpty();
  }

  @Test
  void thePreferredAddressIsTriedFirst() {
    SipRequest invite = alice.invite("1002", OFFER);
    SimPhone dave = lab.phone("1004", Transport.UDP, "192.0.2.44");
    redirect(
        bob,
        bob.expect(Method.INVITE),
        "<sip:1003@example.com>;q=0.3",
        "<sip:1004@example.com>;q=0.9");
    assertThat(carol.firstLines()).isEmpty();
    dave.reply(dave.expect(Method.INVITE), 486, null);

    talk(carol, invite, carol.expect(Method.INVITE));
  }

  @Test
  void otherDevicesGoOnRingingBesideTheNewAddress() {
    SimPhone second = lab.phone("1002", Transport.UDP, "192.0.2.55");
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atSecond = second.expect(Method.INVITE);
    second.reply(atSecond, 180, null);
    redirect(bob, bob.expect(Method.INVITE), "<sip:1003@example.com>");
    SipRequest arrived = carol.expect(Method.INVITE);
    carol.reply(arrived, 200, ANSWER);
    second.reply(second.expect(Method.CANCEL), 200, null);
    second.reply(atSecond, 487, null);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));

    carol.reply(carol.expect(Method.BYE), 200, null);
  }

  @Test
  void aCallerThatGivesUpReachesTheNewAddress() {
    SipRequest invite = alice.invite("1002", OFFER);
    redirect(bob, bob.expect(Method.INVITE), "<sip:1003@example.com>");
    SipRequest arrived = carol.expect(Method.INVITE);
    carol.reply(arrived, 180, null);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    carol.reply(carol.expect(Method.CANCEL), 200, null);

    carol.reply(arrived, 487, null);
  }

  @Test
  void aRedirectionToAServiceIsServed() {
    SipRequest invite = alice.invite("1002", OFFER);
    redirect(bob, bob.expect(Method.INVITE), "<sip:echo@example.com>");
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));

    assertThat(lab.plane().echoes()).isEqualTo(1);
  }
}
