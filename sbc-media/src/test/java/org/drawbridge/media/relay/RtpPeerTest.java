package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain or SDES peer that hears itself, and those who try to be it. */
class RtpPeerTest {

  private static final InetSocketAddress PHONE = address(4000);
  private static final InetSocketAddress PHONE_RTCP = address(4001);
  private static final InetSocketAddress FORGER = address(9000);
  private static final int SSRC = 77;

  private final List<Sent> rtpPort = new ArrayList<>();
  private final List<Sent> rtcpPort = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final MediaCounters counters = new MediaCounters();
  private final RelayShared shared =
      new RelayShared(Runnable::run, new TestPacer(), new Random(1), 0, 10_000_000_000L, counters);
  private final RtpPeer peer =
      new RtpPeer(
          "test",
          new RtpPeer.Wires(recordTo(rtpPort), recordTo(rtcpPort)),
          null,
          (_, _, _, _) -> {},
          new RecordedEvents(events),
          shared);
  private long now = 1_000_000_000L;

  private record Sent(byte[] datagram, InetSocketAddress to) {}

  private static Wire recordTo(List<Sent> list) {
    return (buf, off, len, to) -> list.add(new Sent(Arrays.copyOfRange(buf, off, off + len), to));
  }

  private static InetSocketAddress elsewhere(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), port);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void describe(boolean mux, @Nullable SdesKeys sdes) {
    describe(PHONE, mux, sdes);
  }

  private void describe(InetSocketAddress rtp, boolean mux, @Nullable SdesKeys sdes) {
    RelayEnd.join(peer, peer, PayloadMap.identity(), PayloadMap.identity());
    peer.apply(
        new RemoteMedia(rtp, null, mux, null, null, DtlsRole.NONE, sdes, true, true, null), now);
  }

  private void receive(byte[] datagram, InetSocketAddress from) {
    receive(datagram, from, 20_000_000);
  }

  private void receive(byte[] datagram, InetSocketAddress from, long nanosAfter) {
    byte[] buf = Arrays.copyOf(datagram, datagram.length + 64);
    peer.onRtpPort(buf, 0, datagram.length, from, now);
    now += nanosAfter;
  }

  private void receiveRtcp(byte[] datagram, InetSocketAddress from) {
    peer.onRtcpPort(Arrays.copyOf(datagram, datagram.length + 64), 0, datagram.length, from, now);
  }

  @Test
  void mediaComesFromAndGoesToTheDescribedAddress() {
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    assertThat(rtpPort).extracting(Sent::to).containsExactly(PHONE);
    assertThat(events).containsExactly("started");
  }

  @Test
  void whoSignalsFromOutsideGetsNeitherMediaNorReportsSentInside() {
    peer.moved(InetAddress.ofLiteral("192.0.2.1"));
    describe(elsewhere(4000), false, null);
    byte[] packet = Packets.rtp(0, SSRC, 1, 0, 1);
    assertThat(peer.sendRtp(Arrays.copyOf(packet, 200), 0, packet.length)).isFalse();
    peer.sendRtcp(new byte[200], 0, 28);
    assertThat(rtpPort).isEmpty();
    assertThat(rtcpPort).isEmpty();
  }

  @Test
  void aFloodFromElsewhereIsRefusedAndCountedAndHeardByNobody() {
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    for (int i = 0; i < 100; i++) {
      receive(Packets.rtp(0, 666, i, 0, 1), FORGER);
    }
    receive(Packets.rtp(0, SSRC, 2, 160, 1), PHONE);
    assertThat(rtpPort).hasSize(2);
    assertThat(peer.stats().packetsRefused()).isEqualTo(100);
    assertThat(counters.get(MediaCounters.Kind.REFUSED_SOURCE)).isEqualTo(100);
    assertThat(peer.stats().packetsReceived()).isEqualTo(2);
  }

  /** A description may name a port of ours, by error or by intent: one packet would never end. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatGoesRoundThroughOurOwnPortsDiesOut(boolean mux) {
    describe(mux, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    List<Sent> reports = mux ? rtpPort : rtcpPort;
    reportOnce(mux);
    assertThat(reports).hasSize(mux ? 2 : 1);
    int rounds = 0;
    while (rounds < 100_000 && rtpPort.size() + rtcpPort.size() > 0) {
      now += 500_000;
      List<Sent> onRtp = List.copyOf(rtpPort);
      List<Sent> onRtcp = List.copyOf(rtcpPort);
      rtpPort.clear();
      rtcpPort.clear();
      onRtp.forEach(sent -> receive(sent.datagram(), PHONE, 0));
      onRtcp.forEach(sent -> receiveRtcp(sent.datagram(), PHONE_RTCP));
      rounds++;
    }
    assertThat(rounds).isBetween(100, 2_000);
    assertThat(counters.get(MediaCounters.Kind.REFUSED_RATE)).isEqualTo(2);
    now += 1_000_000_000;
    receive(Packets.rtp(0, SSRC, 2, 160, 1), PHONE);
    assertThat(rtpPort).hasSize(1);
  }

  private void reportOnce(boolean mux) {
    byte[] report = Packets.senderReport(SSRC, 0);
    if (mux) {
      receive(report, PHONE);
    } else {
      receiveRtcp(report, PHONE_RTCP);
    }
  }

  @Test
  void aStreamThatWasHeldUpOnItsWayAndTheFastestOneAreTaken() {
    describe(false, null);
    takes(500, 2_500_000);
  }

  @Test
  void videoWithItsRetransmissionsIsTakenAtRatesThatNoSoundHas() {
    describe(false, null);
    PayloadMap video = PayloadMap.identity().forVideo(Map.of(97, 97), Map.of());
    RelayEnd.join(peer, peer, video, video);
    takes(5_000, 250_000);
  }

  /** A burst, then four seconds of packets. */
  private void takes(int atOnce, long everyNanos) {
    int all = atOnce + (int) (4_000_000_000L / everyNanos);
    for (int i = 0; i < all; i++) {
      byte[] packet = Packets.rtp(0, SSRC, i & 0xFFFF, i * 160, 1);
      receive(packet, PHONE, i < atOnce ? 0 : everyNanos);
    }
    assertThat(rtpPort).hasSize(all);
    assertThat(counters.get(MediaCounters.Kind.REFUSED_RATE)).isZero();
  }

  @Test
  void beforeAnyDescriptionAndForNoiseNothingHappens() {
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    describe(false, null);
    receive(new byte[] {1}, PHONE);
    receive(new byte[40], PHONE);
    assertThat(rtpPort).isEmpty();
    assertThat(peer.stats().packetsRefused()).isEqualTo(3);
  }

  /** Linphone opens its way through a NAT by STUN on both ports (RFC 6263 section 4.4). */
  @Test
  void whatIsBesideMediaIsNotRefusedAsMedia() {
    StunWriter request = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
    byte[] stun = Arrays.copyOf(request.buffer(), request.length());
    receive(stun, PHONE);
    describe(false, null);
    receive(stun, PHONE);
    receive(new byte[0], PHONE);
    receive(BesideMediaTest.ZRTP_HELLO, PHONE);
    receiveRtcp(stun, PHONE_RTCP);
    receiveRtcp(new byte[0], PHONE_RTCP);
    assertThat(peer.stats().packetsRefused()).isZero();
    assertThat(rtpPort).isEmpty();
  }

  /** As gateways of carriers that have a port, or a host, for each way. */
  @Test
  void whoReceivesElsewhereThanItSendsFromIsSentToWhereItsDescriptionSays() {
    peer.known(MediaPeer.ASYMMETRIC_SERVER);
    describe(false, null);
    for (int seq = 1; seq <= 5; seq++) {
      receive(Packets.rtp(0, SSRC, seq, 160 * seq, 1), elsewhere(7000));
    }
    receiveRtcp(Packets.senderReport(SSRC, 0), elsewhere(7001));
    assertThat(events).containsExactly("started");
    assertThat(rtpPort).hasSize(5).extracting(Sent::to).containsOnly(PHONE);
    assertThat(rtcpPort).extracting(Sent::to).containsExactly(PHONE_RTCP);

    describe(address(5000), false, null);
    receive(Packets.rtp(0, SSRC, 6, 960, 1), elsewhere(7000));
    assertThat(rtpPort).last().extracting(Sent::to).isEqualTo(address(5000));
    receive(Packets.rtp(0, 0x666, 1, 160, 1), FORGER);
    assertThat(peer.stats().packetsRefused()).isEqualTo(1);
  }

  @Test
  void rtcpUsesItsOwnPortUnlessMultiplexed() {
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    receiveRtcp(Packets.senderReport(SSRC, 0), PHONE_RTCP);
    assertThat(rtcpPort).extracting(Sent::to).containsExactly(PHONE_RTCP);

    describe(true, null);
    receive(Packets.senderReport(SSRC, 0), PHONE);
    assertThat(rtpPort).hasSize(2).last().extracting(Sent::to).isEqualTo(PHONE);
    assertThat(Packets.isRtcp(rtpPort.getLast().datagram())).isTrue();
  }

  @Test
  void reportsGoOnFromAndToThePortThatANatGivesThemLater() {
    InetSocketAddress first = address(50_001);
    InetSocketAddress later = address(61_001);
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    receiveRtcp(Packets.senderReport(SSRC, 0), first);
    now += 5_000_000_000L;
    receiveRtcp(Packets.senderReport(0x666, 0), FORGER);
    receiveRtcp(Packets.senderReport(SSRC, 0), later);
    receiveRtcp(Packets.senderReport(SSRC, 0), first);
    receiveRtcp(Packets.senderReport(SSRC, 0), later);
    assertThat(rtcpPort).extracting(Sent::to).containsExactly(PHONE_RTCP, first, later);
    assertThat(peer.stats().packetsRefused()).isEqualTo(2);
  }

  @Test
  void reportsFollowThePhoneToAnotherHost() {
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    describe(elsewhere(4000), false, null);
    receiveRtcp(Packets.senderReport(SSRC, 0), PHONE_RTCP);
    receive(Packets.rtp(0, SSRC, 2, 160, 1), elsewhere(4000));
    receiveRtcp(Packets.senderReport(SSRC, 0), elsewhere(61_001));
    receiveRtcp(Packets.senderReport(SSRC, 0), PHONE_RTCP);
    receiveRtcp(Packets.senderReport(SSRC, 0), elsewhere(61_001));
    assertThat(rtcpPort).hasSize(3).last().extracting(Sent::to).isEqualTo(elsewhere(61_001));
  }

  @Test
  void rtcpFromAStrangerIsRefused() {
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), PHONE);
    InetSocketAddress stranger = elsewhere(4001);
    receiveRtcp(Packets.senderReport(SSRC, 0), stranger);
    receive(Packets.senderReport(SSRC, 0), stranger);
    assertThat(rtcpPort).isEmpty();
    assertThat(peer.stats().packetsRefused()).isEqualTo(2);
  }

  @Test
  void anSdesPeerIsLatchedOnlyByAnAuthenticPacket() {
    SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 1);
    SdesKeys sdes = new SdesKeys(keys.profile().name(), keys.remote(), keys.local());
    SrtpSender phone = new SrtpSender(keys);
    SrtpSender forger = new SrtpSender(SrtpFixture.keys(keys.profile(), 2));
    InetSocketAddress behindNat = address(50_000);
    describe(false, sdes);
    for (int i = 0; i < 10; i++) {
      receive(protect(forger, Packets.rtp(0, 666, i, 0, 1)), FORGER);
    }
    receive(protect(phone, Packets.rtp(0, SSRC, 1, 0, 1)), behindNat);
    assertThat(rtpPort).extracting(Sent::to).containsExactly(behindNat);
    assertThat(peer.stats().packetsRefused()).isEqualTo(10);
  }

  @Test
  void aRepeatedDescriptionKeepsTheSrtpState() {
    SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 1);
    SdesKeys sdes = new SdesKeys(keys.profile().name(), keys.remote(), keys.local());
    SrtpSender phone = new SrtpSender(keys);
    describe(false, sdes);
    byte[] packet = protect(phone, Packets.rtp(0, SSRC, 1, 0, 1));
    receive(packet, PHONE);
    describe(false, sdes);
    receive(packet, PHONE);
    assertThat(rtpPort).as("a replay across a re-INVITE").hasSize(1);
    receive(protect(phone, Packets.rtp(0, SSRC, 2, 160, 1)), PHONE);
    assertThat(rtpPort).hasSize(2);
  }

  @Test
  void whoGivesUpSrtpIsHeardAndSentToWithoutIt() {
    SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 1);
    describe(false, new SdesKeys(keys.profile().name(), keys.remote(), keys.local()));
    receive(protect(new SrtpSender(keys), Packets.rtp(0, SSRC, 1, 0, 160)), PHONE);
    int tagged = rtpPort.getFirst().datagram().length;

    describe(false, null);
    receive(Packets.rtp(0, SSRC, 2, 160, 160), PHONE);
    assertThat(rtpPort).hasSize(2);
    assertThat(rtpPort.getLast().datagram()).hasSize(tagged - 10);
    assertThat(peer.stats().packetsRefused()).isZero();
  }

  @Test
  void keysThatDoNotFitTheirSuiteFailTheTransport() {
    describe(false, new SdesKeys("AES_CM_128_HMAC_SHA1_80", new byte[30], new byte[16]));
    assertThat(events)
        .containsExactly("the SRTP keys do not fit the crypto-suite AES_CM_128_HMAC_SHA1_80");
  }

  /** As when another of the phones that ring is described, whose NAT gives it another address. */
  @Test
  void whoIsHeardUnderEarlierKeysDoesNotKeepOutWhoHasTheKeysOfNow() {
    SrtpKeys first = SrtpFixture.keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 1);
    SrtpKeys second = SrtpFixture.keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 2);
    SrtpSender one = new SrtpSender(first);
    describe(false, new SdesKeys(first.profile().name(), first.remote(), first.local()));
    receive(protect(one, Packets.rtp(0, SSRC, 1, 0, 1)), PHONE);
    describe(
        address(5000),
        false,
        new SdesKeys(second.profile().name(), second.remote(), second.local()));
    for (int i = 2; i < 252; i++) {
      receive(protect(one, Packets.rtp(0, SSRC, i, 0, 1)), PHONE);
    }
    assertThat(rtpPort).as("it is heard until then").hasSize(251);
    SrtpSender other = new SrtpSender(second);
    receive(protect(other, Packets.rtp(0, SSRC + 1, 1, 0, 1)), elsewhere(6000));
    assertThat(rtpPort).hasSize(252).last().extracting(Sent::to).isEqualTo(elsewhere(6000));
  }

  private static byte[] protect(SrtpSender sender, byte[] plain) {
    byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
    assertThat(sender.protectRtp(buf, 0, plain.length)).isEqualTo(SrtpResult.OK);
    return Arrays.copyOf(buf, sender.length());
  }

  /** As those are that a phone sends before it has our answer to a re-INVITE for plain RTP. */
  @Test
  void whatIsStillEncryptedIsNotHeardAsNoiseAfterAChangeToPlainRtp() {
    SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 1);
    SrtpSender phone = new SrtpSender(keys);
    describe(false, new SdesKeys(keys.profile().name(), keys.remote(), keys.local()));
    receive(protect(phone, Packets.rtp(0, SSRC, 1, 0, 1)), PHONE);
    describe(false, null);
    rtpPort.clear();
    receive(protect(phone, Packets.rtp(0, SSRC, 2, 160, 1)), PHONE);
    receive(Packets.rtp(0, SSRC, 3, 320, 1), PHONE);
    receive(protect(phone, Packets.rtp(0, SSRC, 4, 480, 1)), FORGER);
    assertThat(rtpPort)
        .extracting(sent -> Packets.payload(sent.datagram()))
        .containsExactly(
            Packets.payload(Packets.rtp(0, SSRC, 2, 160, 1)),
            Packets.payload(Packets.rtp(0, SSRC, 3, 320, 1)));
  }

  @Test
  void aNeighbourBehindTheSameNatDoesNotKeepOutTheReportsOfWhoSpeaks() {
    InetSocketAddress neighbour = address(50_001);
    InetSocketAddress phone = address(61_001);
    describe(false, null);
    receive(Packets.rtp(0, SSRC, 1, 0, 1), address(61_000));
    receive(Packets.rtp(0, SSRC, 2, 160, 1), address(61_000));
    receive(Packets.rtp(0, SSRC, 3, 320, 1), address(61_000));
    receiveRtcp(Packets.senderReport(0x666, 0), neighbour);
    receiveRtcp(Packets.senderReport(SSRC, 0), phone);
    receiveRtcp(Packets.senderReport(0x666, 0), neighbour);
    assertThat(peer.stats().packetsRefused()).isEqualTo(1);
    receiveRtcp(Packets.senderReport(SSRC, 0), phone);
    assertThat(rtcpPort).last().extracting(Sent::to).isEqualTo(phone);
  }
}
