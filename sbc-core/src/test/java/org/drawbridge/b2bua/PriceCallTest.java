package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.drawbridge.limit.LimitKind;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to whoever is cheapest, and none above what an account may spend. */
final class PriceCallTest {

  private static final String PRICES = "acme,44,0.0300\nbeta,44,0.0200\nacme,882,1.50\n";

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      users:
        "1001": { md5: "00000000000000000000000000000000", limits: { max-price: 0.05 } }
        "1002": { md5: "00000000000000000000000000000000", limits: { max-price: 0.025 } }
      trunks:
        acme: { targets: "sip:203.0.113.1:5060" }
        beta: { targets: "sip:192.0.2.77:5060" }
      trunk-groups:
        cheapest: { pick: price, prices: %s, trunks: [ acme, beta ] }
      routes:
        - { name: out, when: { from: registered }, to: { group: cheapest } }
      """;

  @TempDir private Path directory = Path.of("");

  private Lab lab() {
    try {
      Path file = Files.writeString(directory.resolve("prices.csv"), PRICES);
      return new Lab(RULES.formatted(file), CallLimits.DEFAULTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String offer(SimPhone phone) {
    return Sdps.phone(phone.wire().local().getAddress().getHostAddress(), 4000);
  }

  private static String refusal(SimPhone caller, SipRequest invite, int status) {
    SipResponse refused = caller.expect(status);
    caller.ackFailure(invite, refused);
    return String.valueOf(refused.headers().first(HeaderName.WARNING));
  }

  @Test
  void theCheapestIsCalledAndTheNextOneWhereItFails() {
    Lab lab = lab();
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone acme = lab.trunk("203.0.113.1");
    SimPhone beta = lab.trunk("192.0.2.77");
    SipRequest invite = alice.invite("+441632960000", offer(alice));
    beta.reply(beta.expect(Method.INVITE), 503, null);
    acme.reply(acme.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    beta.expect(Method.ACK);
    acme.expect(Method.ACK);
    lab.assertClean();
  }

  @Test
  void aTrunkThatIsTooDearIsPassedOverWhereTheCheaperFails() {
    Lab lab = lab();
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone acme = lab.trunk("203.0.113.1");
    SimPhone beta = lab.trunk("192.0.2.77");
    SipRequest invite = bob.invite("+441632960000", offer(bob));
    beta.reply(beta.expect(Method.INVITE), 500, null);
    beta.expect(Method.ACK);
    SipResponse refused = bob.expect(500);
    bob.ackFailure(invite, refused);
    assertThat(acme.firstLines()).isEmpty();
    assertThat(lab.meters().refused(LimitKind.PRICE)).isEqualTo(1);
    lab.assertClean();
  }

  @Test
  void aNumberThatIsTooDearEverywhereIsRefusedAndTheCallerToldWhy() {
    Lab lab = lab();
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone acme = lab.trunk("203.0.113.1");
    String why = refusal(alice, alice.invite("+88213300000", offer(alice)), 403);
    assertThat(why).contains("Account 1001@example.com calls at no higher price than 0.05");
    assertThat(acme.firstLines()).isEmpty();
    lab.assertClean();
  }
}
