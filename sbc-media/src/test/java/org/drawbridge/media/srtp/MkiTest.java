package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.srtp.SrtpFixture.protectRtcp;
import static org.drawbridge.media.srtp.SrtpFixture.protectRtp;
import static org.drawbridge.media.srtp.SrtpFixture.rtcp;
import static org.drawbridge.media.srtp.SrtpFixture.rtp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.media.libcrypto.Libcrypto;
import org.drawbridge.media.rtp.Bytes;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that name their master key (RFC 3711 section 3.1, RFC 7714 sections 8.2 and 9.2). */
class MkiTest {

  private static final int SSRC = 0xCAFE0001;
  private static final byte[] ONE = {0, 0, 0, 1};
  private static final byte[] TWO = {0, 0, 0, 2};

  private static SrtpKeys plain(SrtpKeys keys) {
    return new SrtpKeys(keys.profile(), keys.local(), keys.remote());
  }

  /** One side of a peer that sends under one of the keys that we know. */
  private static SrtpSender peer(SrtpKeys ours, int which) {
    MasterKey sending = ours.theirs().get(which);
    return new SrtpSender(new SrtpKeys(ours.profile(), sending, List.of(ours.ours())));
  }

  private static byte[] unprotectRtp(SrtpReceiver receiver, byte[] packet) {
    byte[] copy = packet.clone();
    assertThat(receiver.unprotectRtp(copy, 0, copy.length)).isEqualTo(SrtpResult.OK);
    return Arrays.copyOf(copy, receiver.length());
  }

  /** Without the MKI it is byte for byte what it is without one. */
  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void itStandsBeforeTheTagOrUnderGcmAtTheEnd(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.withMkis(profile, ONE, TWO);
    byte[] rtp = protectRtp(new SrtpSender(keys), rtp(SSRC, 7, 160));
    byte[] bare = protectRtp(new SrtpSender(plain(keys)), rtp(SSRC, 7, 160));
    assertThat(rtp).isEqualTo(inserted(bare, profile.isAead() ? 0 : profile.rtpTagLength()));

    byte[] rtcp = protectRtcp(new SrtpSender(keys), rtcp(SSRC));
    byte[] bareRtcp = protectRtcp(new SrtpSender(plain(keys)), rtcp(SSRC));
    assertThat(rtcp).isEqualTo(inserted(bareRtcp, profile.isAead() ? 0 : 10));
  }

  private static byte[] inserted(byte[] packet, int behind) {
    byte[] longer = Arrays.copyOf(packet, packet.length + ONE.length);
    int at = packet.length - behind;
    System.arraycopy(ONE, 0, longer, at, ONE.length);
    System.arraycopy(packet, at, longer, at + ONE.length, behind);
    return longer;
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aPeerMayChangeItsKeyInMidStream(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.withMkis(profile, ONE, TWO);
    SrtpReceiver receiver = new SrtpReceiver(keys);
    SrtpSender first = peer(keys, 0);
    SrtpSender second = peer(keys, 1);
    for (int seq = 65_530; seq < 65_560; seq++) {
      SrtpSender sender = seq < 65_534 ? first : second;
      byte[] plain = rtp(SSRC, seq & 0xFFFF, 20);
      byte[] packet = protectRtp(sender, plain);
      assertThat(unprotectRtp(receiver, packet)).isEqualTo(plain);
      assertThat(receiver.unprotectRtp(packet, 0, packet.length)).isEqualTo(SrtpResult.REPLAYED);
    }
    byte[] report = protectRtcp(first, rtcp(SSRC));
    assertThat(receiver.unprotectRtcp(report, 0, report.length)).isEqualTo(SrtpResult.OK);
    assertThat(Arrays.copyOf(report, receiver.length())).isEqualTo(rtcp(SSRC));
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aKeyThatIsNotThereOpensNothing(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.withMkis(profile, ONE, TWO);
    SrtpReceiver receiver = new SrtpReceiver(keys);
    byte[] bare = protectRtp(new SrtpSender(SrtpFixture.otherSide(plain(keys))), rtp(SSRC, 1, 20));
    assertThat(receiver.unprotectRtp(bare, 0, bare.length)).isEqualTo(SrtpResult.NOT_AUTHENTIC);
    byte[] packet = protectRtp(peer(keys, 0), rtp(SSRC, 1, 20));
    for (int at = 0; at < packet.length; at++) {
      byte[] changed = packet.clone();
      changed[at] ^= 3;
      assertThat(receiver.unprotectRtp(changed, 0, changed.length)).isNotEqualTo(SrtpResult.OK);
    }
    assertThat(unprotectRtp(receiver, packet)).isEqualTo(rtp(SSRC, 1, 20));
  }

  private static SrtpKeys named(SrtpProfile profile, long seed, byte[] mki) {
    SrtpKeys keys = SrtpFixture.keys(profile, seed);
    return new SrtpKeys(
        profile, new MasterKey(keys.local(), mki), List.of(new MasterKey(keys.remote(), mki)));
  }

  /** Peers take new keys with each re-INVITE, many of them under the name of the last. */
  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void whatWasOnItsWayUnderTheLastKeysIsHeardUntilThePeerUsesTheNext(SrtpProfile profile) {
    for (byte[] mki : List.of(ONE, TWO)) {
      SrtpKeys first = named(profile, 1, ONE);
      SrtpKeys next = named(profile, 2, mki);
      SrtpSender before = new SrtpSender(SrtpFixture.otherSide(first));
      SrtpSender after = new SrtpSender(SrtpFixture.otherSide(next));
      SrtpReceiver last = new SrtpReceiver(first);
      assertThat(unprotectRtp(last, protectRtp(before, rtp(SSRC, 1, 20)))).hasSize(32);
      SrtpReceiver receiver = new SrtpReceiver(next, last);

      byte[] late = rtp(SSRC, 2, 20);
      assertThat(unprotectRtp(receiver, protectRtp(before, late))).isEqualTo(late);
      assertThat(receiver.isSuperseded()).isTrue();
      byte[] anew = rtp(SSRC, 3, 20);
      assertThat(unprotectRtp(receiver, protectRtp(after, anew))).isEqualTo(anew);
      assertThat(receiver.isSuperseded()).isFalse();
      byte[] tooLate = protectRtp(before, rtp(SSRC, 4, 20));
      assertThat(receiver.unprotectRtp(tooLate, 0, tooLate.length))
          .isEqualTo(SrtpResult.NOT_AUTHENTIC);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void itCostsNoObject(SrtpProfile profile) {
    Assumptions.assumeTrue(Libcrypto.AVAILABLE, "the JDK's GCM makes an object for each packet");
    SrtpKeys keys = SrtpFixture.withMkis(profile, ONE, TWO);
    SrtpSender sender = peer(keys, 1);
    SrtpReceiver receiver = new SrtpReceiver(keys);
    byte[] packet = Arrays.copyOf(rtp(SSRC, 0, 160), 172 + SrtpSender.MAX_OVERHEAD);
    pass(sender, receiver, packet, 0, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    pass(sender, receiver, packet, 20_000, 25_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000 * 8);
  }

  private static void pass(
      SrtpSender sender, SrtpReceiver receiver, byte[] packet, int from, int to) {
    for (int seq = from; seq < to; seq++) {
      Bytes.put16(packet, 2, seq);
      if (sender.protectRtp(packet, 0, 172) != SrtpResult.OK
          || receiver.unprotectRtp(packet, 0, sender.length()) != SrtpResult.OK) {
        throw new AssertionError("packet " + seq);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 128})
  void itMayHaveAnyLengthAndShortPacketsAreNoFault(int length) {
    byte[] mki = new byte[length];
    byte[] other = new byte[length];
    other[length - 1] = 1;
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpKeys keys = SrtpFixture.withMkis(profile, mki, other);
      SrtpReceiver receiver = new SrtpReceiver(keys);
      byte[] plain = rtp(SSRC, 1, 33);
      byte[] packet = protectRtp(peer(keys, 1), plain);
      for (int len = 0; len < packet.length; len++) {
        byte[] cut = Arrays.copyOf(packet, len);
        assertThat(receiver.unprotectRtp(cut, 0, len)).isNotEqualTo(SrtpResult.OK);
        assertThat(receiver.unprotectRtcp(cut, 0, len)).isNotEqualTo(SrtpResult.OK);
      }
      assertThat(unprotectRtp(receiver, packet)).isEqualTo(plain);
    }
  }
}
