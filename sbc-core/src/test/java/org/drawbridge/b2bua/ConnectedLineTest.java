package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone is told of who it talks to now, after a transfer or a pickup (RFC 5876). */
final class ConnectedLineTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);
  private static final String HOLD = Sdps.phone("203.0.113.1", 4002, 2, "sendonly");
  private static final String BOB = "P-Asserted-Identity:\"Bob\" <sip:200@203.0.113.1>";
  private static final String CAROL = "P-Asserted-Identity:\"Carol\" <sip:201@203.0.113.1>";
  private static final String SHOWN = "\"Carol\" <sip:201@example.com>";

  /** The PBX is trusted, the carrier is not. */
  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        pbx: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1, trust: true }
        carrier: { targets: "sip:192.0.2.77:5060", from: 192.0.2.77 }
      routes:
        - { name: to-pbx, when: { from: registered, to: "2.*" }, to: { trunk: pbx } }
        - { name: to-carrier, when: { from: registered, to: "3.*" }, to: { trunk: carrier } }
        - { name: inside, when: { to-domain: local }, to: { registrar: true } }
      """;

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone pbx = lab.trunk("203.0.113.1");
  private final SimPhone carrier = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static List<String> shown(SipMessage message) {
    return message.headers().all(HeaderName.P_ASSERTED_IDENTITY);
  }

  private static MessageBuilder<SipRequest> with(MessageBuilder<SipRequest> out, String header) {
    int colon = header.indexOf(':');
    return out.header(header.substring(0, colon), header.substring(colon + 1));
  }

  /** The PBX calls Alice, who takes the call; the PBX's side of it. */
  private SimDialog called() {
    return called(
        with(pbx.invitation("1001", ANSWER).requestUri(SipUri.of("1001", "example.com", -1)), BOB));
  }

  private SimDialog called(MessageBuilder<SipRequest> call) {
    SipRequest invite = pbx.send(call);
    alice.reply(alice.expect(Method.INVITE), 200, OFFER);
    SipResponse answer = pbx.expect(200);
    alice.expect(Method.ACK);
    SimDialog dialog = pbx.dialog(invite, answer);
    pbx.ack(dialog, answer, null);
    return dialog;
  }

  @Test
  void aCallerIsToldWhoRingsAndWhoPicksUp() {
    SipRequest invite = alice.invite("200", OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 180, null, BOB);
    SipResponse ringing = alice.expect(180);
    pbx.reply(arrived, 180, null, CAROL);
    SipResponse forwarded = alice.expect(180);
    pbx.reply(arrived, 200, ANSWER, CAROL);
    SipResponse answer = alice.expect(200);
    pbx.expect(Method.ACK);
    alice.endAnswered(invite, answer, pbx);

    assertThat(shown(ringing)).containsExactly("\"Bob\" <sip:200@example.com>");
    assertThat(shown(forwarded)).containsExactly(SHOWN);
    assertThat(shown(answer)).containsExactly(SHOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CAROL,
        "Remote-Party-ID:\"Carol\" <sip:201@203.0.113.1>;party=calling;privacy=off;screen=yes"
      })
  void anUpdateThatOnlyNamesAnotherReachesThePhone(String header) {
    SimDialog dialog = called();
    pbx.send(with(dialog.request(Method.UPDATE), header));
    pbx.expect(200);
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    pbx.send(with(dialog.request(Method.UPDATE), header));
    pbx.expect(200);
    assertThat(alice.firstLines()).as("said once").isEmpty();
    pbx.hangUp(dialog, alice);

    assertThat(shown(update)).containsExactly(SHOWN);
    assertThat(update.bodyLength()).isZero();
  }

  @Test
  void aNewOfferTakesTheNameWithIt() {
    SimDialog dialog = called();
    pbx.send(with(SimPhone.withSdp(dialog.request(Method.INVITE), HOLD), CAROL));
    SipRequest reinvite = alice.expect(Method.INVITE);
    alice.reply(reinvite, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    alice.expect(Method.ACK);
    pbx.ack(dialog, pbx.expect(200), null);
    assertThat(alice.firstLines()).isEmpty();
    pbx.hangUp(dialog, alice);

    assertThat(shown(reinvite)).containsExactly(SHOWN);
  }

  /** As Asterisk sends it to those that take no UPDATE: media stays as it is. */
  @Test
  void anOfferThatChangesNothingTellsTheNameByUpdate() {
    SimDialog dialog = called();
    pbx.send(with(SimPhone.withSdp(dialog.request(Method.INVITE), ANSWER), CAROL));
    pbx.ack(dialog, pbx.expect(200), null);
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    pbx.hangUp(dialog, alice);

    assertThat(shown(update)).containsExactly(SHOWN);
  }

  /** As when somebody has picked the call up while the phone held it. */
  @Test
  void theAnswerToAnOfferOfThePhoneSaysWhoIsThere() {
    SipRequest invite = alice.invite("200", OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 200, ANSWER, BOB);
    SipResponse answer = alice.expect(200);
    pbx.expect(Method.ACK);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    String resumed = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");
    alice.send(SimPhone.withSdp(dialog.request(Method.INVITE), resumed));
    pbx.reply(
        pbx.expect(Method.INVITE), 200, Sdps.phone("203.0.113.1", 4002, 2, "recvonly"), CAROL);
    pbx.expect(Method.ACK);
    SipResponse agreed = alice.expect(200);
    alice.ack(dialog, agreed, null);
    assertThat(alice.firstLines()).as("said once").isEmpty();
    alice.hangUp(dialog, pbx);

    assertThat(shown(agreed)).containsExactly(SHOWN);
  }

  @Test
  void aRefreshThatNamesTheSameSaysNothingNew() {
    SimDialog dialog = called();
    pbx.send(with(dialog.request(Method.UPDATE), BOB));
    pbx.expect(200);
    assertThat(alice.firstLines()).isEmpty();
    pbx.hangUp(dialog, alice);
  }

  @ParameterizedTest
  @CsvSource({"Privacy, id", "Privacy, user;id"})
  void whoHidesStaysUnknownToThePhone(String name, String value) {
    SimDialog dialog = called();
    pbx.send(with(dialog.request(Method.UPDATE), CAROL).header(name, value));
    pbx.expect(200);
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    pbx.hangUp(dialog, alice);

    assertThat(shown(update)).containsExactly("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
    assertThat(update.toString()).doesNotContain("sip:201", "Carol");
  }

  /** Not all say with every refresh that the caller hides. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoHasCalledAsNobodyStaysHiddenUntilAnotherIsThere(boolean byFrom) {
    MessageBuilder<SipRequest> call =
        with(pbx.invitation("1001", ANSWER), BOB).requestUri(SipUri.of("1001", "example.com", -1));
    SimDialog dialog =
        byFrom
            ? called(
                call.replace(
                    HeaderName.FROM, "<sip:anonymous@anonymous.invalid>;tag=" + Tokens.tag()))
            : called(call.header(HeaderName.PRIVACY, "id"));
    pbx.send(with(dialog.request(Method.UPDATE), BOB));
    pbx.expect(200);
    assertThat(alice.firstLines()).isEmpty();
    pbx.send(with(dialog.request(Method.UPDATE), CAROL));
    pbx.expect(200);
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    pbx.hangUp(dialog, alice);

    assertThat(shown(update)).containsExactly(SHOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "<sip:201;phone-context=pbx.lan@203.0.113.1>, <sip:201@example.com>",
    "\"Nobody\" <sip:anonymous@203.0.113.1>, \"Anonymous\" <sip:anonymous@anonymous.invalid>"
  })
  void onlyTheNumberIsShownOfAnIdentity(String asserted, String shown) {
    SimDialog dialog = called();
    pbx.send(dialog.request(Method.UPDATE).header(HeaderName.P_ASSERTED_IDENTITY, asserted));
    pbx.expect(200);
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    pbx.hangUp(dialog, alice);

    assertThat(shown(update)).containsExactly(shown);
  }

  /** Some lose what they do not expect: two who talk talk on. */
  @ParameterizedTest
  @ValueSource(ints = {0, 408})
  void whoDoesNotAnswerWhatItIsToldKeepsItsCall(int status) {
    SimDialog dialog = called();
    pbx.send(with(dialog.request(Method.UPDATE), CAROL));
    pbx.expect(200);
    SipRequest update = alice.expect(Method.UPDATE);
    if (status != 0) {
      alice.reply(update, status, null);
    }
    lab.advance(33_000);
    assertThat(pbx.firstLines()).isEmpty();
    assertThat(alice.firstLines()).isEmpty();

    pbx.hangUp(dialog, alice);
  }

  @Test
  void whoComesWhileAnOfferIsOnItsWayIsToldToo() {
    SimDialog dialog = called();
    pbx.send(SimPhone.withSdp(dialog.request(Method.INVITE), HOLD));
    SipRequest reinvite = alice.expect(Method.INVITE);
    pbx.send(with(dialog.request(Method.UPDATE), CAROL));
    pbx.expect(200);
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    alice.reply(reinvite, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    alice.expect(Method.ACK);
    SipResponse ok = pbx.expect(200);
    pbx.send(dialog.ack(ok));
    pbx.hangUp(dialog, alice);

    assertThat(shown(reinvite)).isEmpty();
    assertThat(shown(update)).containsExactly(SHOWN);
  }

  @Test
  void whatATrunkSaysThatIsNotTrustedReachesNobody() {
    SipRequest invite = alice.invite("300", OFFER);
    SipRequest arrived = carrier.expect(Method.INVITE);
    carrier.reply(arrived, 180, null, CAROL);
    SipResponse ringing = alice.expect(180);
    carrier.reply(arrived, 200, ANSWER, CAROL);
    SipResponse answer = alice.expect(200);
    carrier.expect(Method.ACK);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    carrier.send(with(carrier.dialog(arrived).request(Method.UPDATE), CAROL));
    carrier.expect(200);
    assertThat(alice.firstLines()).isEmpty();
    alice.hangUp(dialog, carrier);

    assertThat(shown(ringing)).isEmpty();
    assertThat(shown(answer)).isEmpty();
  }

  @Test
  void whatAPhoneSaysOfItselfReachesNoTrunk() {
    SimDialog dialog = called();
    pbx.hangUp(dialog, alice);

    SipRequest invite = alice.invite("200", OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    pbx.expect(Method.ACK);
    SimDialog own = alice.dialog(invite, answer);
    alice.ack(own, answer, null);
    alice.send(with(own.request(Method.UPDATE), "P-Asserted-Identity:<sip:boss@example.com>"));
    alice.expect(200);
    assertThat(pbx.firstLines()).isEmpty();
    alice.hangUp(own, pbx);
  }
}
