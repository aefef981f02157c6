package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.drawbridge.metrics.Counters;
import org.drawbridge.sim.Parts;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Bodies of several parts pass with our addresses in their session descriptions. */
final class MultipartMediaTest extends RelayedPhones {

  private static final String OTHER = "Content-Type: application/x-own\r\n\r\nkept as it is";

  /** Nobody can tell what is in it, and so it might be an address. */
  private static final String ENCODED =
      "Content-Transfer-Encoding: base64\r\nContent-Type: application/sdp\r\n\r\nMTkyLjAuMi4=";

  private void reply(SipRequest to, int status, String first, String second) {
    SipResponse response =
        Parts.in(
                SipResponse.to(to, status, "Fine", "bob-answers")
                    .header(HeaderName.CONTACT, "<" + bob.contact() + ">")
                    .copy(to, HeaderName.RECORD_ROUTE),
                first,
                second)
            .build();
    bob.wire().send(response.wire());
    lab.settle();
  }

  @Test
  void theOtherPartsAreForTheOtherSide() {
    SipRequest invite =
        alice.send(Parts.in(alice.invitation("1002", null), Parts.sdp(OFFER), OTHER));
    SipRequest arrived = bob.expect(Method.INVITE);
    assertOurs(arrived);
    assertThat(arrived.bodyText()).startsWith("--x\r\n").contains(OTHER);

    reply(arrived, 200, OTHER, Parts.sdp(ANSWER));
    SipResponse answer = alice.expect(200);
    assertOurs(answer);
    assertThat(answer.bodyText()).contains(OTHER);
    alice.ack(alice.dialog(invite, answer), answer, null);
    bob.expect(Method.ACK);
    alice.send(alice.dialog(invite, answer).request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
    alice.expect(200);
  }

  @Test
  void aBodyThatCannotBeReadIsNotPassedOn() {
    SipRequest invite = alice.send(Parts.in(alice.invitation("1002", null), OTHER, ENCODED));
    alice.ackFailure(invite, alice.expect(400));
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void tooManyPartsAreRefusedAndCounted() {
    String[] parts = new String[17];
    Arrays.fill(parts, OTHER);
    SipRequest invite = alice.send(Parts.in(alice.invitation("1002", null), parts));
    alice.ackFailure(invite, alice.expect(400));
    assertThat(bob.firstLines()).isEmpty();
    assertThat(lab.counters().registry().get(Counters.LIMITS, "body-parts")).isEqualTo(1);
  }

  @Test
  void aResponseThatCannotBeReadComesWithoutItsBody() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    reply(arrived, 183, OTHER, ENCODED);
    SipResponse progress = alice.expect(183);
    assertThat(progress.bodyLength()).isZero();
    assertThat(progress.contentType()).isNull();
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void neitherAreChangesThatCannotBeRead() {
    SimCall call = connect();
    alice.send(Parts.in(call.callerDialog().request(Method.UPDATE), OTHER, ENCODED));
    alice.expect(400);
    alice.send(Parts.in(call.callerDialog().ack(call.answer()), OTHER, ENCODED));
    assertThat(bob.expect(Method.ACK).bodyLength()).isZero();
    ProxyLab.hangUp(call);
  }

  @Test
  void norDoTheyPassOnceTheMediaHasEnded() {
    SimCall call = connect();
    lab.plane().open().getFirst().listener().onSilent(30_000);
    lab.settle();
    alice.send(Parts.in(call.callerDialog().request(Method.UPDATE), OTHER, ENCODED));
    alice.expect(481);
    alice.send(Parts.in(call.callerDialog().ack(call.answer()), OTHER, ENCODED));
    assertThat(bob.expect(Method.ACK).bodyLength()).isZero();
    ProxyLab.hangUp(call);
  }
}
