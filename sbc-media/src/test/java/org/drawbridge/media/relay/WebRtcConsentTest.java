package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpSender;
import org.junit.jupiter.api.Test;

/** How long a peer is taken to be there and to want our packets (RFC 7675). */
class WebRtcConsentTest extends WebRtcPeerFixture {

  @Test
  void lostConsentStopsSendingUntilAPacketProvesThePeer() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    establish();
    SrtpSender browser = new SrtpSender(keys);
    media(browser, 1, BROWSER);
    now += 30 * SECOND;
    peer.onTick(now);
    assertThat(events).containsExactly("started", "ICE consent lost: no sign of the peer for 30 s");
    sent.clear();
    media(new SrtpSender(SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 2)), 2, BROWSER);
    media(browser, 2, FORGER);
    assertThat(peer.sendRtp(Packets.rtp(111, 77, 9, 0, 64), 0, 12)).isFalse();
    media(browser, 3, BROWSER);
    assertThat(sent).hasSize(1);
    peer.onTick(now + 6 * SECOND);
    assertThat(events).as("nothing is wrong any more").hasSize(2);
  }

  /** As peers do that know ICE but not RFC 7675: they check, nominate, and then only talk. */
  @Test
  void whoTalksWithoutCheckingOnHasNotGone() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    establish();
    SrtpSender talker = new SrtpSender(keys);
    for (int i = 1; i <= 4; i++) {
      now += 20 * SECOND;
      media(talker, i, BROWSER);
      peer.onTick(now);
    }
    assertThat(events).containsExactly("started");
    media(new SrtpSender(SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 2)), 5, BROWSER);
    peer.onTick(now + 30 * SECOND);
    assertThat(events).as("what is not authentic proves nothing").hasSize(2);
  }

  @Test
  void whoOnlyReportsWithoutCheckingOnHasNotGone() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    establish();
    SrtpSender listener = new SrtpSender(keys);
    for (int i = 1; i <= 4; i++) {
      now += 20 * SECOND;
      byte[] buf = Arrays.copyOf(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 77}, 64);
      listener.protectRtcp(buf, 0, 8);
      peer.onMedia(buf, 0, listener.length(), BROWSER, now);
      peer.onTick(now);
    }
    assertThat(events).isEmpty();
  }

  @Test
  void lostConsentIsToldAgainUntilChecksResume() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    establish();
    now += 30 * SECOND;
    peer.onTick(now);
    peer.onTick(now + 5 * SECOND);
    assertThat(events).hasSize(2);
    now += 6 * SECOND;
    check();
    peer.onTick(now + 6 * SECOND);
    assertThat(events).hasSize(2);
  }

  /** Browsers give up a transport that no media uses, and the call may go on without any. */
  @Test
  void whoHasTurnedAllMediaOffNeedNotCheck() {
    describe(DtlsRole.CLIENT, FINGERPRINT);
    check();
    establish();
    remote = null;
    describe(DtlsRole.CLIENT, FINGERPRINT);
    now += 100 * SECOND;
    peer.onTick(now);
    assertThat(events).isEmpty();
    remote = new IceCredentials("anew", "not-needed-by-lite-ice");
    describe(DtlsRole.CLIENT, FINGERPRINT);
    peer.onTick(now + 29 * SECOND);
    assertThat(events).isEmpty();
    peer.onTick(now + 30 * SECOND);
    assertThat(events).containsExactly("ICE consent lost: no sign of the peer for 30 s");
  }

  private void describe(boolean talks) {
    peer.apply(
        new RemoteMedia(
            null, null, true, remote, FINGERPRINT, DtlsRole.CLIENT, null, talks, talks, null),
        now);
  }

  /** It sends nothing then, and who knows no RFC 7675 does not check either. */
  @Test
  void whoIsOnHoldNeedNotShowThatItIsThere() {
    describe(true);
    check();
    establish();
    describe(false);
    now += 100 * SECOND;
    peer.onTick(now);
    peer.onTick(now + 10 * SECOND);
    assertThat(events).isEmpty();
    assertThat(peer.sendRtp(Packets.rtp(111, 77, 9, 0, 64), 0, 12)).as("without consent").isFalse();

    now += 20 * SECOND;
    describe(true);
    assertThat(peer.sendRtp(Packets.rtp(111, 77, 9, 0, 64), 0, 12)).as("still without").isFalse();
    peer.onTick(now + 29 * SECOND);
    assertThat(events).isEmpty();
    peer.onTick(now + 30 * SECOND);
    assertThat(events).containsExactly("ICE consent lost: no sign of the peer for 30 s");
  }
}
