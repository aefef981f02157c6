package org.drawbridge.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.store.KeptPhone;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.Test;

/** A PBX dials the names that it knew phones by before we were started again. */
final class RelayRestartTest {

  private static final byte[] SECRET = "sixteen bytes ok".getBytes(US_ASCII);
  private static final Aor ACCOUNT = new Aor("7001", "pbx.example");

  private final RelayLab before = new RelayLab(RelayLab.CONFIG, 100, SECRET);
  private final RelayLab after = new RelayLab(RelayLab.CONFIG, 100, SECRET);

  private static Uri alias(RelayLab relay, SimPhone phone, String... headers) {
    return relay.signIn(phone, 3600, headers).contacts().getFirst().uri();
  }

  private void restart() {
    after.table.restore(before.table.kept(ACCOUNT));
  }

  private SipRequest call(Uri alias) {
    SimPhone pbx = after.pbx;
    return pbx.send(
        pbx.invitation("unused", Sdps.phone("203.0.113.5", 4002))
            .requestUri(alias)
            .remove(HeaderName.PROXY_AUTHORIZATION));
  }

  @Test
  void aUdpPhoneRingsUnderTheNameThatItsPbxKnew() {
    Uri alias = alias(before, before.phone("7001", Transport.UDP, "192.0.2.7"));
    SimPhone phone = after.phone("7001", Transport.UDP, "192.0.2.7");
    restart();
    SipRequest invite = call(alias);
    phone.reply(phone.expect(Method.INVITE), 486, null);
    after.pbx.ackFailure(invite, after.pbx.expect(486));
  }

  @Test
  void itCallsAlongTheServiceRouteThatItWasGiven() {
    alias(before, before.phone("7001", Transport.UDP, "192.0.2.7"), "Service-Route: <sip:a;lr>");
    SimPhone phone = after.phone("7001", Transport.UDP, "192.0.2.7");
    restart();
    assertThat(after.table.serviceRoute(ACCOUNT, phone.sbcEnd())).containsExactly("<sip:a;lr>");
  }

  /** What the PBX has granted is not known any more, so it must not be prolonged here. */
  @Test
  void itsFirstRefreshIsForThePbx() {
    Uri alias = alias(before, before.phone("7001", Transport.UDP, "192.0.2.7"));
    SimPhone phone = after.phone("7001", Transport.UDP, "192.0.2.7");
    restart();
    phone.send(RelayLab.register(phone, 3, 3600));
    assertThat(after.acceptNext(3600).contacts().getFirst().uri()).isEqualTo(alias);
    phone.expect(200);
    phone.send(RelayLab.register(phone, 4, 3600));
    phone.expect(200);
    assertThat(after.table.size()).isEqualTo(1);
  }

  /** Its connection is gone, but when it comes back it takes its own place at the PBX. */
  @Test
  void aBrowserGetsTheNameThatItHadAndIsGoneUntilThen() {
    Uri alias = alias(before, before.phone("7001", Transport.WSS, "192.0.2.7"));
    SimPhone phone = after.phone("7001", Transport.WSS, "192.0.2.7");
    restart();
    assertThat(before.table.kept(ACCOUNT)).isEmpty();
    SipRequest invite = call(alias);
    after.pbx.ackFailure(invite, after.pbx.expect(430));

    assertThat(alias(after, phone)).isEqualTo(alias);
  }

  @Test
  void whoseTimeIsOverIsNotTaken() {
    alias(before, before.phone("7001", Transport.UDP, "192.0.2.7"));
    KeptPhone kept = before.table.kept(ACCOUNT).getFirst();
    after.lab.advance(80_000);
    after.table.restore(List.of(kept));
    assertThat(after.table.size()).isZero();
  }
}
