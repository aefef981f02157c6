package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

  private final CheckedPeer checked =
      new CheckedPeer(peer, (buf, off, len, to) -> keep(buf, off, len), new Random(1));

  private void keep(byte[] buf, int off, int len) {
    sent.add(Arrays.copyOfRange(buf, off, off + len));
  }

  private void describe(boolean lite, InetSocketAddress... candidates) {
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
            new IceTargets(lite, true, List.of(candidates))),
        now);
  }

  /** The server answers the request that we sent last. */
  private void answer() {
    StunView request = new StunView();
    byte[] last = sent.getLast();
    assertThat(request.wrap(last, 0, last.length)).isTrue();
    StunWriter writer = new StunWriter().respond(request, Stun.BINDING_SUCCESS);
    writer.xorMappedAddress(FORGER).integrity(new MessageIntegrity(PASSWORD)).fingerprint();
    StunView view = new StunView();
    assertThat(view.wrap(writer.buffer(), 0, writer.length())).isTrue();
    checked.onStun(view, BROWSER, now, new StunWriter());
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
}
