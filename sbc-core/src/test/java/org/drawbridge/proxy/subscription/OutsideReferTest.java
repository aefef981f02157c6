package org.drawbridge.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REFER outside a call: a program tells a desk phone whom to call. */
final class OutsideReferTest {

  private static final Aor ALICE = new Aor("1001", "example.com");

  private Lab lab = new Lab();
  private SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private MessageBuilder<SipRequest> refer(String user, String target) {
    return alice
        .request(Method.REFER, user)
        .header(HeaderName.CONTACT, "<" + alice.contact() + ">")
        .header(HeaderName.REFER_TO, target);
  }

  /** Another device of Alice's, known by its instance. */
  private SimPhone desk() {
    SimPhone desk = lab.device(ALICE, "192.0.2.12");
    lab.bind(
        new Binding(
            ALICE,
            desk.contact(),
            desk.sbcEnd().id(),
            List.of(),
            "<urn:desk>",
            0,
            0,
            "reg",
            1,
            1000,
            null,
            Long.MAX_VALUE));
    return desk;
  }

  @Test
  void ownDeviceIsToldWhomToCallAndTellsWhatCameOfIt() {
    SimPhone desk = desk();
    SipUri gruu = SipUri.of("1001", "example.com", -1).withParam("gr", "urn:desk");
    SipRequest sent = alice.send(refer("1001", "<sip:1003@198.51.100.1:5060>").requestUri(gruu));
    SipRequest got = desk.expect(Method.REFER);
    assertThat(got.headers().first(HeaderName.REFER_TO)).isEqualTo("<sip:1003@example.com>");
    assertThat(got.headers().first(HeaderName.REFERRED_BY)).isEqualTo("<sip:1001@example.com>");
    assertThat(got.toString()).doesNotContain("192.0.2.11");
    desk.reply(got, 202, null);
    var taken = alice.expect(202);

    SimDialog dialog = desk.dialog(got);
    notify(desk, dialog, "active;expires=60", "SIP/2.0 100 Trying\r\n");
    SipRequest first = alice.expect(Method.NOTIFY);
    assertThat(first.headers().first(HeaderName.EVENT)).isEqualTo("refer");
    assertThat(first.toTag()).isEqualTo(sent.fromTag());
    assertThat(first.fromTag()).isEqualTo(taken.toTag());
    alice.reply(first, 200, null);
    desk.expect(200);
    notify(desk, dialog, "terminated;reason=noresource", "SIP/2.0 200 OK\r\n");
    SipRequest last = alice.expect(Method.NOTIFY);
    assertThat(last.bodyText()).isEqualTo("SIP/2.0 200 OK\r\n");
    alice.reply(last, 200, null);
    desk.expect(200);
    assertThat(alice.everything()).noneMatch(text -> text.startsWith("REFER"));
  }

  private static void notify(SimPhone phone, SimDialog dialog, String state, String line) {
    phone.send(
        phone
            .notification(dialog, "refer", state)
            .body("message/sipfrag", line.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void whoWantsToHearNothingSaysSo() {
    SimPhone desk = desk();
    alice.send(
        refer("1001", "<sip:1003@example.com;gr=urn:car>")
            .requestUri(SipUri.of("1001", "example.com", -1).withParam("gr", "urn:desk"))
            .header(HeaderName.REFER_SUB, "false"));
    SipRequest got = desk.expect(Method.REFER);
    assertThat(got.headers().first(HeaderName.REFER_SUB)).isEqualTo("false");
    assertThat(got.headers().first(HeaderName.REFER_TO))
        .isEqualTo("<sip:1003@example.com;gr=urn:car>");
    desk.reply(got, 202, null, "Refer-Sub: false");
    assertThat(alice.expect(202).headers().first(HeaderName.REFER_SUB)).isEqualTo("false");
  }

  @Test
  void theDevicesOfOthersAreLeftAloneUnlessTheRouteSaysOtherwise() {
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    alice.send(refer("1002", "<sip:1003@example.com>"));
    alice.expect(403);
    assertThat(bob.everything()).isEmpty();

    lab.assertClean();
    lab =
        new Lab(
            Lab.CONFIG.replace(
                "to: { registrar: true }", "to: { registrar: true }\n    transfer: pass"),
            CallLimits.DEFAULTS);
    alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    alice.send(refer("1002", "<sip:1003@example.com>"));
    bob.reply(bob.expect(Method.REFER), 603, null);
    alice.expect(603);
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:somebody@example.com, 416",
    "<sip:1003@example.com;method=SUBSCRIBE>, 501",
    "<sip:1003@example.com?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>, 501",
    "<sip:1003@elsewhere.example>, 403",
    "'<sip:1@example.com>, <sip:2@example.com>', 400"
  })
  void whatCannotBeFollowedIsRefused(String target, int status) {
    alice.send(refer("1001", target));
    alice.expect(status);
  }
}
