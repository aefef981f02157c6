package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.srtp.SrtpSender;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.junit.jupiter.api.Test;

/** What is particular to a peer that we check; the rest is {@link WebRtcPeerTest}'s. */
final class CheckedPeerTest extends WebRtcPeerFixture {

  private static final String PASSWORD = "a-password-of-the-server";
  private static final int RTP = 0x80;

  private final List<InetSocketAddress> to = new ArrayList<>();
  private final CheckedPeer checked =
      new CheckedPeer(peer, this::keep, BROWSER.getAddress(), new Random(1));

  private void keep(byte[] buf, int off, int len, InetSocketAddress where) {
    sent.add(Arrays.copyOfRange(buf, off, off + len));
    to.add(where);
  }

  private void describe(boolean lite, InetSocketAddress... candidates) {
    describe(lite, List.of(candidates));
  }

  private void describe(boolean lite, List<InetSocketAddress> candidates) {
    checked.apply(
        new RemoteMedia(
            null,
            null,
            true,
            new IceCredentials("peer", PASSWORD),
            FINGERPRINT,
            DtlsRole.CLIENT,
            null,
            true,
            true,
            null,
            new IceTargets(lite, true, candidates)),
        now);
  }

  /** The server answers the request that we sent last. */
  private void answer() {
    answer("peer", PASSWORD, BROWSER);
  }

  private void answer(String ufrag, String password, InetSocketAddress from) {
    StunView request = new StunView();
    byte[] last = sent.getLast();
    assertThat(request.wrap(last, 0, last.length)).isTrue();
    assertThat(request.username()).isEqualTo(ufrag + ":ours");
    StunWriter writer = new StunWriter().respond(request, Stun.BINDING_SUCCESS);
    writer.xorMappedAddress(FORGER).integrity(new MessageIntegrity(password)).fingerprint();
    StunView view = new StunView();
    assertThat(view.wrap(writer.buffer(), 0, writer.length())).isTrue();
    checked.onStun(view, from, now, new StunWriter());
  }

  @Test
  void theHandshakeBeginsOnceTheServerHasAnsweredOurCheck() {
    describe(true, BROWSER);
    assertThat(sent).hasSize(1);
    assertThat(handshakes).isEmpty();
    answer();
    assertThat(handshakes).hasSize(1);
    now += SECOND / 10;
    checked.onTick(now);
    StunView nomination = new StunView();
    assertThat(nomination.wrap(sent.getLast(), 0, sent.getLast().length)).isTrue();
    assertThat(nomination.has(Stun.USE_CANDIDATE)).isTrue();
    assertThat(nomination.username()).isEqualTo("peer:ours");
  }

  @Test
  void aServerThatAnswersNothingIsToldAfterHalfAMinute() {
    describe(false, BROWSER);
    for (int i = 0; i < 320; i++) {
      now += SECOND / 10;
      checked.onTick(now);
    }
    assertThat(events).containsExactly("unreached");
  }

  @Test
  void whoDoesNotNameUsIsAnsweredNothing() {
    StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
    StunView view = new StunView();
    assertThat(view.wrap(writer.fingerprint().buffer(), 0, writer.length())).isTrue();
    checked.onStun(view, FORGER, now, new StunWriter());
    assertThat(sent).isEmpty();
  }

  /** Two calls whose descriptions name each other's port send a packet round and round. */
  @Test
  void itsPacketsAreBounded() {
    describe(true, BROWSER);
    answer();
    establish();
    SrtpSender sender = new SrtpSender(keys);
    for (int seq = 0; seq < 1_100; seq++) {
      media(sender, seq, BROWSER);
    }
    assertThat(sent.stream().filter(packet -> (packet[0] & 0xC0) == RTP)).hasSize(1_000);
  }

  private static InetSocketAddress address(String literal) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), 80);
  }

  private List<String> checkedAt(String... candidates) {
    to.clear();
    describe(true, Arrays.stream(candidates).map(CheckedPeerTest::address).toList());
    for (int i = 0; i < 50; i++) {
      now += SECOND / 10;
      checked.onTick(now);
    }
    return to.stream().map(one -> one.getAddress().getHostAddress()).distinct().toList();
  }

  /** A description from afar must not have us knock at this machine, nor at what clouds have. */
  @Test
  void whatOnlyThisMachineAndItsLinkReachIsCheckedOnlyForOneThatSignalsFromThere() {
    String[] named = {"127.0.0.1", "169.254.169.254", "::1", "fe80::1", "10.0.0.1", "192.0.2.1"};
    checked.moved(InetAddress.ofLiteral("198.51.100.7"));
    assertThat(checkedAt(named)).as("an account's").containsExactly("192.0.2.1");
    checked.known(MediaPeer.SERVER);
    assertThat(checkedAt(named)).as("a trunk's").containsExactly("10.0.0.1", "192.0.2.1");
    checked.moved(InetAddress.ofLiteral("169.254.7.7"));
    assertThat(checkedAt(named)).contains("169.254.169.254").doesNotContain("127.0.0.1");
    checked.moved(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(checkedAt(named)).hasSize(named.length);
  }

  @Test
  void whatCannotBeReachedTakesNoPlaceOfWhatCan() {
    checked.moved(InetAddress.ofLiteral("198.51.100.7"));
    String[] named = new String[9];
    Arrays.setAll(named, i -> "127.0.0." + (i + 1));
    named[8] = "192.0.2.1";
    assertThat(checkedAt(named)).containsExactly("192.0.2.1");
  }

  /** As when a trunk's call goes on at another of its servers, while the first is still there. */
  @Test
  void theHandshakeWithAnotherServerAwaitsTheWayThere() {
    describe(true, FORGER);
    answer("peer", PASSWORD, FORGER);
    establish();
    String elsewhere = "the-password-of-another";
    checked.apply(
        new RemoteMedia(
            null,
            null,
            true,
            new IceCredentials("next", elsewhere),
            new Fingerprint("sha-256", "CC:DD"),
            DtlsRole.CLIENT,
            null,
            true,
            true,
            null,
            new IceTargets(true, true, List.of(BROWSER))),
        now);
    peer.onTick(now);
    assertThat(handshakes).as("it would begin with the first").hasSize(1);
    for (int i = 0; i < 3; i++) {
      now += SECOND / 10;
      checked.onTick(now);
      answer("next", elsewhere, BROWSER);
    }
    assertThat(handshakes).hasSize(2);
    assertThat(peer.ice().target()).isEqualTo(BROWSER);
  }
}
