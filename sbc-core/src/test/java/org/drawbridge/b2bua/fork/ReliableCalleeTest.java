package org.drawbridge.b2bua.fork;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reliable provisional responses of a callee, whatever the caller can do (RFC 3262 section 4). */
final class ReliableCalleeTest {

  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void whatComesReliablyIsAcknowledgedHereForABrowserThatCannot() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    assertThat(arrived.headers().values(HeaderName.SUPPORTED)).contains("100rel");
    bob.reply(arrived, 183, ANSWER, "Require: 100rel", "RSeq: 7");
    SipRequest prack = bob.expect(Method.PRACK);
    bob.reply(prack, 200, null);
    SipResponse early = alice.expect(183);
    bob.reply(arrived, 200, null);
    SipRequest ack = bob.expect(Method.ACK);

    assertThat(prack.headers().first(HeaderName.RACK))
        .isEqualTo("7 " + arrived.cseq().seq() + " INVITE");
    assertThat(prack.cseq().seq()).isEqualTo(arrived.cseq().seq() + 1);
    assertThat(ack.cseq().seq()).isEqualTo(arrived.cseq().seq());
    assertThat(early.headers().has(HeaderName.REQUIRE)).isFalse();
    SipResponse answer = alice.expect(200);
    assertThat(answer.bodyText()).isEqualTo(early.bodyText());
    alice.endAnswered(invite, answer, bob);
  }

  @Test
  void theNumbersOfTheDialogGoOnAfterThePrack() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null, "Require: 100rel", "RSeq: 1");
    SipRequest prack = bob.expect(Method.PRACK);
    bob.reply(prack, 200, null);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);

    assertThat(bye.cseq().seq()).isEqualTo(prack.cseq().seq() + 1);
  }

  @Test
  void repeatsAndWhatOvertookAnotherAreDropped() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null, "Require: 100rel", "RSeq: 1");
    bob.reply(bob.expect(Method.PRACK), 200, null);
    bob.reply(arrived, 180, null, "Require: 100rel", "RSeq: 1");
    bob.reply(arrived, 183, ANSWER, "Require: 100rel", "RSeq: 3");
    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("PRACK"));
    bob.reply(arrived, 182, null, "Require: 100rel", "RSeq: 2");
    bob.reply(bob.expect(Method.PRACK), 200, null);
    assertThat(alice.firstLines())
        .filteredOn(line -> line.contains(" 18"))
        .containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 182 Queued");
    bob.reply(arrived, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theForkThatAnswersDecidesWhereMediaGoes() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 183, ANSWER, "Require: 100rel", "RSeq: 1");
    bob.reply(bob.expect(Method.PRACK), 200, null);
    SipResponse early = alice.expect(183);
    fork(arrived, 183, Sdps.phone("192.0.2.33", 4004));
    SipRequest prack = bob.expect(Method.PRACK);
    bob.reply(prack, 200, null);
    bob.reply(arrived, 200, null);
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);

    assertThat(prack.toTag()).isEqualTo("other-fork");
    assertThat(answer.bodyText()).isEqualTo(early.bodyText());
    assertThat(answer.toTag()).isEqualTo(early.toTag());
    alice.endAnswered(invite, answer, bob);
  }

  private void fork(SipRequest arrived, int status, String sdp) {
    var out =
        SipResponse.to(arrived, status, "Session Progress", "other-fork")
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">")
            .header(HeaderName.REQUIRE, "100rel")
            .header(HeaderName.RSEQ, "50");
    bob.wire().send(SimPhone.withSdp(out, sdp).build().wire());
    lab.settle();
  }
}
