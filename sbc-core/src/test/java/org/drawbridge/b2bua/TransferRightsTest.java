package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may transfer whom where. */
final class TransferRightsTest {

  private static final String NUMBER = "+442079460000";
  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);

  private @Nullable Lab used;

  private Lab lab(String config) {
    used = new Lab(config, CallLimits.DEFAULTS);
    return used;
  }

  @AfterEach
  void nothingIsLeft() {
    if (used != null) {
      used.assertClean();
    }
  }

  private static SipRequest refer(SimPhone phone, SimDialog dialog, String to) {
    return phone.send(dialog.request(Method.REFER).header(HeaderName.REFER_TO, to));
  }

  private static SimCall toTrunk(SimPhone caller, SimPhone trunk) {
    SipRequest invite = caller.invite(NUMBER, OFFER);
    SipRequest arrived = trunk.expect(Method.INVITE);
    trunk.reply(arrived, 200, ANSWER);
    SipResponse ok = caller.expect(200);
    trunk.expect(Method.ACK);
    SimDialog dialog = caller.dialog(invite, ok);
    caller.ack(dialog, ok, null);
    return new SimCall(caller, trunk, dialog, trunk.dialog(arrived), invite, arrived, ok);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAccountTransfersOutUnderItsOwnNameAndATrustedTrunkLearnsThatItDid(boolean trusted) {
    Lab lab = lab(Lab.CONFIG.replace("trust: true", "trust: " + trusted));
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimCall call = SimCall.connect(alice, OFFER, bob, Sdps.phone("192.0.2.22", 4002));
    refer(bob, call.calleeDialog(), "<sip:" + NUMBER + "@example.com>");
    bob.expect(202);
    SipRequest arrived = trunk.expect(Method.INVITE);
    trunk.reply(arrived, 486, null);
    bob.clear();
    call.hangUp();

    assertThat(arrived.from().uri().toString()).isEqualTo("sip:1002@example.com");
    assertThat(arrived.headers().all(HeaderName.REFERRED_BY))
        .isEqualTo(trusted ? List.of("<sip:1002@example.com>") : List.of());
  }

  @Test
  void aTrunkMayNotTransferUnlessItIsAllowed() {
    Lab lab = lab(Lab.CONFIG);
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimCall call = toTrunk(alice, trunk);
    refer(trunk, call.calleeDialog(), "<sip:1002@example.com>");
    trunk.expect(603);
    call.hangUp();
  }

  @Test
  void anAllowedTrunkReachesByTransferWhatItMayCallAndNothingElse() {
    Lab lab = lab(Lab.CONFIG.replace("trust: true\n", "trust: true\n    transfer: handle\n"));
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone beta = lab.trunk("192.0.2.77");
    SimCall call = toTrunk(alice, trunk);
    refer(trunk, call.calleeDialog(), "<sip:+442079460001@198.51.100.1>");
    trunk.expect(202);
    trunk.reply(trunk.expect(Method.NOTIFY), 200, null);
    SipRequest outcome = trunk.expect(Method.NOTIFY);
    trunk.reply(outcome, 200, null);
    refer(trunk, call.calleeDialog(), "<sip:1002@198.51.100.1>");
    trunk.expect(202);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 486, null);
    trunk.clear();
    call.hangUp();

    assertThat(arrived.headers().all(HeaderName.REFERRED_BY))
        .as("where the trunk is stays here")
        .containsExactly("<sip:" + NUMBER + "@example.com>");
    assertThat(outcome.bodyText()).as("as an account, for want of a number").contains("404");
    assertThat(beta.firstLines()).isEmpty();
  }

  /** As Microsoft Teams has it: only the trunk knows who is meant, by what it wrote. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:203.0.113.2:5060;transport=udp;x-m=8:orgid:fce2158f;x-t=2d88cb42",
        "sip:+15551234567@203.0.113.2:5060;transport=udp;x-m=8:orgid:fce2158f",
        "sip:203.0.113.2:5060",
        "sip:carrier.example;x-m=8:orgid:fce2158f"
      })
  void whatOnlyTheTrunkItselfCanFindGoesBackToItAsItStands(String target) {
    Lab lab =
        lab(
            Lab.CONFIG
                .replace("trust: true\n", "domain: carrier.example\n    transfer: handle\n")
                .replace("from: registered, to: \"(", "to: \"("));
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SimCall call = toTrunk(alice, trunk);
    SimPhone other = target.contains("203.0.113.2") ? second : trunk;
    trunk.clear();
    String by = "<sip:203.0.113.1:5060;x-m=8:orgid:bdc0511a;x-t=2d88cb42>";
    trunk.send(
        call.calleeDialog()
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, "<" + target + ">")
            .header(HeaderName.REFERRED_BY, by));
    trunk.expect(202);
    trunk.reply(trunk.expect(Method.NOTIFY), 200, null);
    SipRequest arrived = other.expect(Method.INVITE);
    other.reply(arrived, 200, ANSWER);
    other.expect(Method.ACK);
    trunk.reply(trunk.expect(Method.NOTIFY), 200, null);
    trunk.reply(trunk.expect(Method.BYE), 200, null);
    alice.hangUp(call.callerDialog(), other);

    assertThat(arrived.requestUri().toString()).isEqualTo(target);
    assertThat(arrived.headers().all(HeaderName.REFERRED_BY)).containsExactly(by);
  }

  /** Carriers pass on what their customers write: a number that we would pay for. */
  @Test
  void aNumberThatTheTrunkMayNotCallIsNotCalledThereEither() {
    Lab lab = lab(Lab.CONFIG.replace("trust: true\n", "transfer: handle\n"));
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone other = lab.trunk("203.0.113.2");
    SimCall call = toTrunk(alice, trunk);
    refer(trunk, call.calleeDialog(), "<sip:+19005551234@203.0.113.2;x-m=1>");
    trunk.expect(404);
    call.hangUp();
    assertThat(other.firstLines()).isEmpty();
  }

  @Test
  void aRouteMayForbidTransfers() {
    Lab lab =
        lab(
            Lab.CONFIG.replace(
                "to: { registrar: true }", "to: { registrar: true }\n    transfer: refuse"));
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimCall call = SimCall.connect(alice, OFFER, bob, Sdps.phone("192.0.2.22", 4002));
    refer(bob, call.calleeDialog(), "<sip:1003@example.com>");
    bob.expect(603);
    call.hangUp();
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:somebody@example.com, 416",
    "<sip:1003@example.com;method=SUBSCRIBE>, 501",
    "<sip:1003@example.com>;x=\", 400",
    "'<sip:1@example.com>, <sip:2@example.com>', 400"
  })
  void whatCannotBeFollowedIsRefused(String referTo, int status) {
    Lab lab = lab(Lab.CONFIG);
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimCall call = SimCall.connect(alice, OFFER, bob, Sdps.phone("192.0.2.22", 4002));
    refer(bob, call.calleeDialog(), referTo);
    bob.expect(status);
    call.hangUp();
  }
}
