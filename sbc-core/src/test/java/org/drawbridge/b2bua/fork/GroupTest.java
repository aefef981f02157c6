package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several people who are called together: each answers for itself and for nobody else. */
final class GroupTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private static Lab lab(String ring, String mode) {
    return lab(ring, mode, "1002, 1003, 1004");
  }

  private static Lab lab(String ring, String mode, String members) {
    String config =
        """
        domains: [example.com]
        listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
        call: { ring-timeout: 30s }
        routes:
          - name: support
            when: { to: "500" }
            to: { accounts: [%s], ring: %s }
            mode: %s
        """;
    return new Lab(config.formatted(members, ring, mode), CallLimits.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"all, b2bua", "in-turn, b2bua", "all, proxy", "in-turn, proxy"})
  void whoDeclinesDoesSoForItselfAlone(String ring, String mode) {
    Lab lab = lab(ring, mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SimPhone dora = lab.phone("1004", Transport.UDP, "192.0.2.44");
    SipRequest invite = alice.invite("500", OFFER);
    bob.reply(bob.expect(Method.INVITE), 603, null);
    carol.reply(carol.expect(Method.INVITE), 486, null);
    SipRequest arrived = dora.expect(Method.INVITE);
    dora.reply(arrived, 180, null);
    assertThat(dora.firstLines()).noneMatch(line -> line.startsWith("CANCEL"));
    dora.reply(arrived, 200, Sdps.phone("192.0.2.44", 4002));
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, dora);
    dora.expect(Method.ACK);
    lab.assertClean();
  }

  /** Two phones of one account: the other is told to ring no more. */
  private static void oneDeclinesForBoth(SimPhone one, SimPhone other) {
    SipRequest ringing = other.expect(Method.INVITE);
    other.reply(ringing, 180, null);
    one.reply(one.expect(Method.INVITE), 603, null);
    other.reply(other.expect(Method.CANCEL), 200, null);
    other.reply(ringing, 487, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void whoDeclinesIsNotRungAtItsOtherPhoneEither(String mode) {
    Lab lab = lab("all", mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone soft = lab.phone("1002", Transport.UDP, "192.0.2.23");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite = alice.invite("500", OFFER);
    SipRequest atCarol = carol.expect(Method.INVITE);
    carol.reply(atCarol, 180, null);
    oneDeclinesForBoth(desk, soft);
    assertThat(carol.firstLines()).noneMatch(line -> line.startsWith("CANCEL"));
    carol.reply(atCarol, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    lab.assertClean();
  }

  /** Its other phone tells that it was taken back, which is no answer to the caller. */
  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void theCallerHearsOfNoCancelThatItDidNotSend(String mode) {
    Lab lab = lab("all", mode, "1002, 1003");
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone soft = lab.phone("1002", Transport.UDP, "192.0.2.23");
    SipRequest invite = alice.invite("500", OFFER);
    oneDeclinesForBoth(desk, soft);
    alice.ackFailure(invite, alice.expect(480));
    lab.assertClean();
  }

  @Test
  void theLogTellsWhatBecameOfEachOfThem() {
    Lab lab = lab("all", "b2bua");
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SimPhone dora = lab.phone("1004", Transport.TCP, "192.0.2.44");
    try (LogLines log = LogLines.of("org.drawbridge.call")) {
      SipRequest invite = alice.invite("500", OFFER);
      bob.reply(bob.expect(Method.INVITE), 486, null);
      SipRequest atCarol = carol.expect(Method.INVITE);
      carol.reply(atCarol, 180, null);
      SipRequest atDora = dora.expect(Method.INVITE);
      dora.reply(atDora, 100, null);
      lab.advance(30_000);
      alice.ackFailure(invite, alice.expect(486));

      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("INFO call.failed "))
          .singleElement(STRING)
          .contains("reason=\"account:1002@example.com: The called side answered 486 Busy Here; ")
          .contains("; Nobody answered in time: account:1003@example.com; ")
          .contains("; The called side did not respond: account:1004@example.com");
      carol.reply(carol.expect(Method.CANCEL), 200, null);
      carol.reply(atCarol, 487, null);
      dora.reply(dora.expect(Method.CANCEL), 200, null);
      dora.reply(atDora, 487, null);
    }
    lab.assertClean();
  }

  /** The ten of one account are a bound for that one. */
  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void aLargeGroupRingsAsAWhole(String mode) {
    String members = "1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013";
    Lab lab = lab("all", mode, members);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    List<SimPhone> phones =
        Stream.of(members.split(", "))
            .map(user -> lab.phone(user, Transport.UDP, "192.0.2." + user.substring(2)))
            .toList();
    SipRequest invite = alice.invite("500", OFFER);
    phones.forEach(phone -> phone.reply(phone.expect(Method.INVITE), 486, null));
    alice.ackFailure(invite, alice.expect(486));
    lab.assertClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void theCallEndsWhenAllHaveDeclined(String mode) {
    Lab lab = lab("all", mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite = alice.invite("500", OFFER);
    bob.reply(bob.expect(Method.INVITE), 603, null);
    carol.reply(carol.expect(Method.INVITE), 603, null);
    alice.ackFailure(invite, alice.expect(480));
    lab.assertClean();
  }
}
