package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpSender;
import org.junit.jupiter.api.Test;

/** The order of ICE, DTLS and media, and its timers, without sockets or real handshakes. */
class WebRtcPeerTest extends WebRtcPeerFixture {

  @Test
  void mediaFlowsAfterCheckHandshakeAndKeysInThatOrder() {
    SrtpSender browser = new SrtpSender(keys);
    describe(DtlsRole.SERVER, FINGERPRINT);
    hello(BROWSER);
    assertThat(handshakes).as("no check yet").isEmpty();
    assertThat(check()).isTrue();
    hello(BROWSER);
    assertThat(handshakes).singleElement().extracting(Started::role).isEqualTo(Role.SERVER);
    media(browser, 1, BROWSER);
    assertThat(events).as("no keys yet").isEmpty();
    establish();
    sent.clear();
    media(browser, 2, BROWSER);
    assertThat(events).containsExactly("started");
    assertThat(sent).hasSize(1);
    media(browser, 3, FORGER);
    assertThat(sent).as("from an address without a check").hasSize(1);
    assertThat(peer.stats().packetsRefused()).isEqualTo(3);
  }

  @Test
  void asDtlsClientWeStartAsSoonAsThePathIsThere() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    assertThat(handshakes).isEmpty();
    check();
    assertThat(handshakes).singleElement().extracting(Started::role).isEqualTo(Role.CLIENT);
    check();
    describe(DtlsRole.CLIENT, FINGERPRINT);
    assertThat(handshakes).hasSize(1);
  }

  @Test
  void aHelloThatOutrunsTheDescriptionIsKept() {
    check();
    hello(BROWSER);
    assertThat(handshakes).isEmpty();
    describe(DtlsRole.SERVER, FINGERPRINT);
    assertThat(handshakes).hasSize(1);
  }

  @Test
  void aNewFingerprintVoidsTheKeysAndStartsAnew() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    establish();
    SrtpSender browser = new SrtpSender(keys);
    media(browser, 1, BROWSER);
    describe(DtlsRole.CLIENT, new Fingerprint("sha-256", "CC:DD"));
    assertThat(handshakes).hasSize(2);
    assertThat(handshakes.getLast().expected().digests()).containsExactly("CC:DD");
    sent.clear();
    media(browser, 2, BROWSER);
    assertThat(sent).isEmpty();
    handshakes.getFirst().done().accept(new DtlsResult.Failed("of the old one"));
    assertThat(events).containsExactly("started");
  }

  @Test
  void anotherTlsIdStartsAnewWithTheSameCertificate() {
    describe(DtlsRole.SERVER, FINGERPRINT, "first");
    check();
    hello(BROWSER);
    establish();
    describe(DtlsRole.SERVER, FINGERPRINT, "first");
    describe(DtlsRole.SERVER, FINGERPRINT, null);
    hello(BROWSER);
    assertThat(handshakes).as("the same association").hasSize(1);
    describe(DtlsRole.SERVER, FINGERPRINT, "second");
    hello(BROWSER);
    assertThat(handshakes).hasSize(2);
  }

  /** A whole one, of a handshake with this random. */
  private void hello(int random) {
    byte[] hello = new byte[13 + 12 + 2 + 32];
    hello[0] = 22;
    hello[13] = 1;
    hello[27] = (byte) random;
    peer.onDtls(hello, 0, hello.length, BROWSER, now);
  }

  private void restartIce() {
    remote = new IceCredentials("anew", "not-needed-by-lite-ice");
    describe(DtlsRole.SERVER, FINGERPRINT);
  }

  private void establishAndRestartIce() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    hello(1);
    establish();
    now += SECOND;
    restartIce();
  }

  @Test
  void afterAnIceRestartANewHelloMakesNewKeysAndTheOldOnesServeUntilThen() {
    establishAndRestartIce();
    hello(1);
    assertThat(handshakes).as("a late copy").hasSize(1);
    hello(2);
    assertThat(handshakes).extracting(Started::role).containsExactly(Role.SERVER, Role.SERVER);
    hello(3);
    assertThat(handshakes).as("one at a time").hasSize(2);
    sent.clear();
    SrtpSender before = new SrtpSender(keys);
    media(before, 1, BROWSER);
    assertThat(sent).hasSize(1);
    SrtpKeys next = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 2);
    handshakes.getLast().done().accept(new DtlsResult.Established(SrtpFixture.otherSide(next)));
    media(before, 2, BROWSER);
    assertThat(sent).hasSize(1);
    media(new SrtpSender(next), 3, BROWSER);
    assertThat(sent).hasSize(2);
  }

  /** It would run for as long as nobody answers it. */
  @Test
  void aNewHelloAfterAnIceRestartEndsAHandshakeThatStillRuns() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    hello(1);
    now += SECOND;
    hello(2);
    assertThat(handshakes).as("nobody has restarted").hasSize(1);
    restartIce();
    hello(1);
    assertThat(handshakes).as("most go on where they were").hasSize(1);
    hello(2);
    assertThat(handshakes).hasSize(2);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("timeout"));
    establish();
    media(new SrtpSender(keys), 1, BROWSER);
    assertThat(events).containsExactly("started");
  }

  @Test
  void aSecondHandshakeThatFailsLeavesTheCallAlone() {
    establishAndRestartIce();
    hello(2);
    handshakes.getLast().done().accept(new DtlsResult.Failed("timeout"));
    sent.clear();
    media(new SrtpSender(keys), 1, BROWSER);
    assertThat(sent).hasSize(1);
    assertThat(events).containsExactly("started");
    hello(3);
    assertThat(handshakes).as("not as often as anyone may say hello").hasSize(2);
    now += SECOND;
    hello(2);
    assertThat(handshakes).as("the peer that says it again").hasSize(3);
  }

  /** As when too many are begun at once: who got no answer says hello for half a minute. */
  @Test
  void afterAFirstHandshakeThatFailedThePeersNextHelloIsHeard() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    hello(1);
    handshakes.getLast().done().accept(new DtlsResult.Failed("too many"));
    hello(1);
    assertThat(handshakes).as("not as often as anyone may say hello").hasSize(1);
    now += SECOND;
    hello(1);
    assertThat(handshakes).hasSize(2);
    establish();
    media(new SrtpSender(keys), 1, BROWSER);
    assertThat(events).containsExactly("too many", "started");
    now += SECOND;
    hello(2);
    assertThat(handshakes).as("one that works is kept").hasSize(2);
  }

  /** It is answered when the description has come: its certificate may be another one. */
  @Test
  void aHelloThatOutrunsALaterDescriptionWaitsForIt() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    hello(1);
    establish();
    hello(2);
    assertThat(handshakes).hasSize(1);
    describe(DtlsRole.SERVER, new Fingerprint("sha-256", "CC:DD"));
    hello(2);
    assertThat(handshakes).hasSize(2);
  }

  @Test
  void changedRolesStartAnewWithTheSameCertificate() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    hello(BROWSER);
    establish();
    describe(DtlsRole.CLIENT, FINGERPRINT);
    assertThat(handshakes).extracting(Started::role).containsExactly(Role.SERVER, Role.CLIENT);
  }

  @Test
  void aPeerThatNeverChecksIsToldOfEachThirtySeconds() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    peer.onTick(now + 29 * SECOND);
    assertThat(events).isEmpty();
    peer.onTick(now + 30 * SECOND);
    peer.onTick(now + 59 * SECOND);
    assertThat(events).containsExactly("unreached");
    peer.onTick(now + 60 * SECOND);
    check();
    peer.onTick(now + 62 * SECOND);
    assertThat(events).filteredOn("unreached"::equals).hasSize(2);
  }

  @Test
  void aPeerThatChecksButNeverStartsDtlsFailsAfterFiveSeconds() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    peer.onTick(now + 4 * SECOND);
    assertThat(events).isEmpty();
    peer.onTick(now + 5 * SECOND);
    assertThat(events)
        .containsExactly("ICE is up but the peer sent no DTLS ClientHello within 5 s");
  }

  @Test
  void aHelloThatComesLateEndsTheFailure() {
    describe(DtlsRole.SERVER, FINGERPRINT);
    check();
    now += 5 * SECOND;
    peer.onTick(now);
    hello(BROWSER);
    establish();
    now += 10 * SECOND;
    peer.onTick(now);
    assertThat(events).hasSize(1);
  }

  @Test
  void aFailedHandshakeIsToldWithItsReason() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    hello(BROWSER);
    handshakes.getLast().done().accept(new DtlsResult.Failed("wrong certificate"));
    assertThat(events).containsExactly("wrong certificate");
  }

  @Test
  void aFailureIsToldAgainAsLongAsItLasts() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    hello(BROWSER);
    peer.onTick(now);
    handshakes.getLast().done().accept(new DtlsResult.Failed("wrong certificate"));
    peer.onTick(now + 4 * SECOND);
    assertThat(events).hasSize(1);
    peer.onTick(now + 5 * SECOND);
    peer.onTick(now + 6 * SECOND);
    assertThat(events).containsExactly("wrong certificate", "wrong certificate");
    describe(DtlsRole.CLIENT, new Fingerprint("sha-256", "CC:DD"));
    establish();
    peer.onTick(now + 20 * SECOND);
    assertThat(events).hasSize(2);
  }

  @Test
  void aDescriptionWithoutAFingerprintFailsTheTransport() {
    describe(DtlsRole.SERVER, null);
    assertThat(events).containsExactly("the description has no DTLS fingerprint we can check");
  }
}
