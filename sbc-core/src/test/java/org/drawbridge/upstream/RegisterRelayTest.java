package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registrations that go on to a PBX: what it sees, what the phone sees, what is kept here. */
final class RegisterRelayTest {

  private final RelayLab relay = new RelayLab();
  private final SimPhone phone = relay.phone("7001", Transport.TCP, "192.0.2.7");
  private final SimPhone pbx = relay.pbx;

  @Test
  void thePbxSeesTheDigestOfThePhoneAndAContactOfOurs() {
    SipRequest arrived = relay.signIn(phone, 3600);

    assertThat(arrived.requestUri().toString()).isEqualTo("sip:pbx.example");
    assertThat(arrived.to().toString()).isEqualTo("<sip:7001@pbx.example>");
    assertThat(arrived.headers().first(HeaderName.AUTHORIZATION)).isEqualTo(RelayLab.CREDENTIALS);
    assertThat(arrived.contacts().getFirst().toString())
        .matches("<sip:[0-9a-f]{32}@198\\.51\\.100\\.1:5060;transport=udp>;expires=3600");
    assertThat(arrived.vias()).hasSize(1);
    assertThat(arrived.toString()).doesNotContain("192.0.2.7", "Path:");
  }

  @Test
  void thePhoneSeesTheChallengeAndItsOwnContactWithAShorterTime() {
    phone.send(RelayLab.register(phone, 1, 3600));
    pbx.reply(
        pbx.expect(Method.REGISTER),
        401,
        null,
        "WWW-Authenticate: " + RelayLab.CHALLENGE,
        "Server: secret-pbx/1.0");
    SipResponse challenge = phone.expect(401);
    phone.send(RelayLab.register(phone, 2, 3600));
    relay.accept(pbx.expect(Method.REGISTER), 1800);
    SipResponse taken = phone.expect(200);

    assertThat(challenge.headers().first(HeaderName.WWW_AUTHENTICATE))
        .isEqualTo(RelayLab.CHALLENGE);
    assertThat(challenge.toString()).doesNotContain("secret-pbx", "203.0.113.5");
    assertThat(taken.contacts())
        .singleElement()
        .hasToString("<" + phone.contact() + ">;expires=60");
    assertThat(relay.signedIn).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP", "WSS"})
  void refreshesThatThePbxNeedNotSeeAreAnsweredHere(Transport transport) {
    SimPhone other = relay.phone("7002", transport, "192.0.2.8");
    relay.signIn(other, 3600);
    relay.lab.advance(50_000);
    other.send(RelayLab.register(other, 3, 3600));
    assertThat(other.expect(200).contacts().getFirst().param("expires")).isEqualTo("60");
    relay.lab.advance(50_000);

    assertThat(pbx.firstLines()).isEmpty();
    assertThat(relay.table.isSignedIn(other.aor(), other.sbcEnd())).isTrue();
  }

  @Test
  void theNextRefreshGoesToWhereThePbxHasMoved() {
    relay.signIn(phone, 3600);
    SimPhone moved = relay.lab.trunk("203.0.113.6");
    relay.reload(RelayLab.CONFIG.replace("203.0.113.5", "203.0.113.6"));
    relay.lab.advance(50_000);
    phone.send(RelayLab.register(phone, 3, 3600));
    SipRequest arrived = moved.expect(Method.REGISTER);
    String contact = "Contact: <" + arrived.contacts().getFirst().uri() + ">;expires=3600";
    moved.reply(arrived, 200, null, contact);
    phone.expect(200);

    phone.send(RelayLab.register(phone, 4, 3600));
    phone.expect(200);
    assertThat(moved.firstLines()).isEmpty();
    assertThat(pbx.firstLines()).isEmpty();
  }

  @Test
  void phonesOfADomainThatIsRelayedNoMoreAreForgotten() {
    relay.signIn(phone, 3600);
    relay.table.retain(Set.of("pbx.example"));
    assertThat(relay.table.isSignedIn(phone.aor(), phone.sbcEnd())).isTrue();
    relay.table.retain(Set.of("other.example"));
    assertThat(relay.table.isSignedIn(phone.aor(), phone.sbcEnd())).isFalse();
    assertThat(relay.table.size()).isZero();
  }

  /** Many phones put their address into it (RFC 3261 section 8.1.1.4). */
  @Test
  void thePbxGetsAnotherCallIdForThatOfAPhoneAlwaysTheSame() {
    List<String> seen = new ArrayList<>();
    for (SimPhone sender : List.of(phone, relay.phone("7002", Transport.UDP, "192.0.2.8"))) {
      for (int cseq = 1; cseq <= 2; cseq++) {
        sender.send(
            RelayLab.register(sender, cseq, 3600).replace(HeaderName.CALL_ID, "1@192.0.2.7"));
        SipRequest arrived = pbx.expect(Method.REGISTER);
        assertThat(arrived.toString()).doesNotContain("192.0.2.7");
        assertThat(arrived.cseq().seq()).isEqualTo(cseq);
        seen.add(arrived.callId());
        pbx.reply(arrived, 401, null, "WWW-Authenticate: " + RelayLab.CHALLENGE);
        assertThat(sender.expect(401).callId()).isEqualTo("1@192.0.2.7");
      }
    }
    assertThat(seen.get(0)).isEqualTo(seen.get(1)).isNotEqualTo(seen.get(2));
    assertThat(seen.get(2)).isEqualTo(seen.get(3));
  }

  @Test
  void thePbxIsAskedAgainBeforeItsPatienceEnds() {
    SipRequest first = relay.signIn(phone, 120);
    relay.lab.advance(50_000);
    phone.send(RelayLab.register(phone, 3, 3600));

    assertThat(pbx.expect(Method.REGISTER).callId()).isEqualTo(first.callId());
  }

  @Test
  void aRefreshThatWouldChangeAnythingIsForThePbx() {
    relay.signIn(phone, 3600);
    SimPhone thief = relay.phone("7001", Transport.TCP, "192.0.2.66");

    thief.send(
        RelayLab.register(phone, 3, 3600)); // another connection, all else as the phone writes it
    refuse(thief);
    phone.send(RelayLab.register(phone, 2, 3600)); // not after the last
    refuse(phone);
    phone.send(RelayLab.register(phone, 3, 3600).replace(HeaderName.CALL_ID, "another"));
    refuse(phone);
    phone.send(
        RelayLab.register(phone, 3, 3600)
            .header(HeaderName.AUTHORIZATION, RelayLab.CREDENTIALS.replace("7001", "7009")));
    refuse(phone);

    assertThat(relay.table.isSignedIn(phone.aor(), phone.sbcEnd())).isTrue();
    assertThat(relay.table.isSignedIn(phone.aor(), thief.sbcEnd())).isFalse();
  }

  private void refuse(SimPhone sender) {
    pbx.reply(pbx.expect(Method.REGISTER), 403, null);
    sender.expect(403);
  }

  @Test
  void aPhoneThatComesBackOverAnotherConnectionTakesItsOwnPlaceAtThePbx() {
    String before = alias(relay.signIn(phone, 3600));
    phone.reconnect();
    phone.send(RelayLab.register(phone, 3, 3600));
    SipRequest again = pbx.expect(Method.REGISTER);
    relay.accept(again, 3600);
    phone.expect(200);

    assertThat(alias(again)).isEqualTo(before);
    assertThat(relay.table.size()).isOne();
    assertThat(relay.table.isSignedIn(phone.aor(), phone.sbcEnd())).isTrue();
  }

  /** Routers give the same private addresses everywhere, and not all phones name their instance. */
  @ParameterizedTest
  @EnumSource(names = {"UDP", "TLS"})
  void phonesBehindTwoRoutersHaveAPlaceEachThoughTheirContactIsOne(Transport transport) {
    List<String> names = new ArrayList<>();
    List<SimPhone> phones =
        List.of(
            relay.phone("7003", transport, "192.0.2.71").inside("192.168.1.10"),
            relay.phone("7003", transport, "192.0.2.72").inside("192.168.1.10"));
    for (int cseq = 1; cseq <= 2; cseq++) {
      for (SimPhone one : phones) {
        one.reconnect();
        String callId = "of-" + phones.indexOf(one);
        one.send(RelayLab.register(one, cseq, 3600).replace(HeaderName.CALL_ID, callId));
        names.add(alias(relay.acceptNext(3600)));
        one.expect(200);
      }
    }
    assertThat(names.get(0)).isNotEqualTo(names.get(1));
    assertThat(names.subList(2, 4)).isEqualTo(names.subList(0, 2));
    assertThat(relay.table.lookup(phones.getFirst().aor())).hasSize(2);
  }

  @Test
  void aPhoneThatMovesTakesItsOldContactBackInTheSameRequest() {
    String before = alias(relay.signIn(phone, 3600));
    phone.send(
        RelayLab.register(phone, 3, 3600)
            .replace(HeaderName.CONTACT, "<sip:7001@198.51.100.77:4000;transport=tcp>")
            .header(HeaderName.CONTACT, "<" + phone.contact() + ">;expires=0"));
    SipRequest moved = pbx.expect(Method.REGISTER);
    relay.accept(moved, 3600);
    SipResponse taken = phone.expect(200);

    assertThat(moved.contacts()).hasSize(2);
    assertThat(moved.contacts().getFirst().param("expires")).isEqualTo("3600");
    assertThat(moved.contacts().getLast().uri().toString()).contains(before);
    assertThat(moved.contacts().getLast().param("expires")).isEqualTo("0");
    assertThat(moved.toString()).doesNotContain("198.51.100.77", "192.0.2.7");
    assertThat(taken.contacts())
        .singleElement()
        .hasToString("<sip:7001@198.51.100.77:4000;transport=tcp>;expires=60");
    assertThat(relay.table.size()).isOne();
    assertThat(relay.table.find(before)).isNull();
  }

  @Test
  void aDeviceThatMovesKeepsItsPlaceAtThePbx() {
    String device = ";+sip.instance=\"<urn:uuid:a>\"";
    String old = "<" + phone.contact() + ">" + device;
    phone.send(RelayLab.register(phone, 1, 3600).replace(HeaderName.CONTACT, old));
    String before = alias(relay.acceptNext(3600));
    phone.expect(200);
    phone.send(
        RelayLab.register(phone, 2, 3600)
            .replace(HeaderName.CONTACT, "<sip:7001@198.51.100.77:4000>" + device)
            .header(HeaderName.CONTACT, old + ";expires=0"));
    SipRequest moved = relay.acceptNext(3600);
    phone.expect(200);

    assertThat(moved.contacts()).hasSize(1);
    assertThat(alias(moved)).isEqualTo(before);
    assertThat(relay.table.isSignedIn(phone.aor(), phone.sbcEnd())).isTrue();
  }

  @Test
  void aPhoneMayNotBringTwoContactsAtOnce() {
    phone.send(
        RelayLab.register(phone, 1, 3600).header(HeaderName.CONTACT, "<sip:7001@192.0.2.99>"));

    phone.expect(403);
    assertThat(pbx.firstLines()).isEmpty();
  }

  @Test
  void signingOutGoesToThePbx() {
    relay.signIn(phone, 3600);
    phone.send(RelayLab.register(phone, 3, 0));
    SipRequest removal = pbx.expect(Method.REGISTER);
    pbx.reply(removal, 200, null);
    SipResponse removed = phone.expect(200);

    assertThat(removal.contacts().getFirst().param("expires")).isEqualTo("0");
    assertThat(removed.contacts()).isEmpty();
    assertThat(relay.table.size()).isZero();
  }

  @Test
  void aLongerIntervalThatThePbxWantsReachesThePhone() {
    phone.send(RelayLab.register(phone, 1, 60));
    pbx.reply(pbx.expect(Method.REGISTER), 423, null, "Min-Expires: 900");

    assertThat(phone.expect(423).headers().first(HeaderName.MIN_EXPIRES)).isEqualTo("900");
  }

  @Test
  void aSilentPbxIsSaidToBeSilentWhileThePhoneStillWaits() {
    phone.send(RelayLab.register(phone, 1, 3600));
    relay.lab.advance(25_000);

    SipResponse response = phone.expect(504);
    assertThat(Objects.requireNonNull(response.headers().first(HeaderName.WARNING)))
        .contains("does not answer");
    relay.lab.assertClean();
  }

  @Test
  void aPhoneThatDoesNotComeBackIsForgotten() {
    relay.signIn(phone, 3600);
    relay.lab.advance(71_000);
    relay.table.sweep();

    assertThat(relay.table.size()).isZero();
  }

  @Test
  void aPhoneWhoseConnectionClosesIsForgotten() {
    relay.signIn(phone, 3600);
    relay.table.onFlowClosed(phone.sbcEnd());

    assertThat(relay.table.size()).isZero();
    assertThat(relay.table.isBound(phone.sbcEnd().id())).isFalse();
  }

  @Test
  void whoGuessesPasswordsIsStoppedHere() {
    SimPhone guesser = relay.phone("7001", Transport.TCP, "192.0.2.66");
    int asked = 0;
    for (int guess = 1; guess <= 10; guess++) {
      guesser.send(
          RelayLab.register(guesser, guess, 3600)
              .header(HeaderName.AUTHORIZATION, RelayLab.CREDENTIALS));
      if (!pbx.firstLines().isEmpty()) {
        asked++;
        pbx.reply(
            pbx.expect(Method.REGISTER), 401, null, "WWW-Authenticate: " + RelayLab.CHALLENGE);
      }
    }

    assertThat(asked).isBetween(3, 5);
    guesser.expect(403);
    relay.signIn(phone, 3600);
  }

  @Test
  void oneTooManyIsRefused() {
    RelayLab small = new RelayLab(RelayLab.CONFIG, 1);
    small.signIn(small.phone("7001", Transport.UDP, "192.0.2.7"), 3600);
    SimPhone second = small.phone("7002", Transport.UDP, "192.0.2.8");
    second.send(RelayLab.register(second, 1, 3600));
    small.accept(small.pbx.expect(Method.REGISTER), 3600);

    second.expect(503);
    assertThat(small.table.refused()).isOne();
  }

  @Test
  void aPathIsAddedWhereThePbxWantsOne() {
    RelayLab path = new RelayLab(RelayLab.CONFIG.replace("refresh: 60s", "path: true"), 10);
    SimPhone other = path.phone("7001", Transport.UDP, "192.0.2.7");
    SipRequest arrived = path.signIn(other, 600);

    assertThat(arrived.headers().first(HeaderName.PATH))
        .isEqualTo("<sip:" + alias(arrived) + "@198.51.100.1:5060;transport=udp;lr>");
    assertThat(arrived.headers().first(HeaderName.SUPPORTED)).isEqualTo("path");
  }

  private static String alias(SipRequest register) {
    return register.contacts().getFirst().uri().toString().substring(4, 36);
  }
}
