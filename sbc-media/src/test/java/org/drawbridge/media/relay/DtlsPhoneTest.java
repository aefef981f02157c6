package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpSender;
import org.junit.jupiter.api.Test;

/** A phone with DTLS-SRTP and no ICE that hears itself, and those who try to be it. */
class DtlsPhoneTest {

  private static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AA:BB");
  private static final long SECOND = 1_000_000_000L;
  private static final InetSocketAddress PHONE = at("192.0.2.4", 4000);
  private static final InetSocketAddress PHONE_RTCP = at("192.0.2.4", 4001);
  private static final InetSocketAddress NAT = at("203.0.113.5", 61_000);
  private static final InetSocketAddress FORGER = at("198.51.100.66", 9000);

  private record Sent(byte[] datagram, InetSocketAddress to) {}

  private record Started(Role role, DatagramPipe pipe, Consumer<DtlsResult> done) {}

  private final List<Sent> rtpPort = new ArrayList<>();
  private final List<Sent> rtcpPort = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<Started> handshakes = new ArrayList<>();
  private final SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 1);
  private final SrtpSender phone = new SrtpSender(keys);
  private final RtpPeer peer =
      new RtpPeer(
          "test",
          new RtpPeer.Wires(recordTo(rtpPort), recordTo(rtcpPort)),
          NAT.getAddress(),
          (role, _, pipe, done) -> handshakes.add(new Started(role, pipe, done)),
          new RecordedEvents(events),
          new RelayShared(
              Runnable::run, new TestPacer(), new Random(1), 0, 600 * SECOND, new MediaCounters()));
  private long now = 100 * SECOND;

  private static Wire recordTo(List<Sent> list) {
    return (buf, off, len, to) -> list.add(new Sent(Arrays.copyOfRange(buf, off, off + len), to));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private void describe(InetSocketAddress rtp, DtlsRole role, boolean mux) {
    RelayEnd.join(peer, peer, PayloadMap.identity(), PayloadMap.identity());
    peer.apply(
        new RemoteMedia(rtp, null, mux, null, FINGERPRINT, role, null, true, true, null), now);
  }

  private static byte[] hello(int random) {
    byte[] hello = new byte[13 + 12 + 2 + 32];
    hello[0] = 22;
    hello[13] = 1;
    hello[27] = (byte) random;
    return hello;
  }

  private void hello(int random, InetSocketAddress from) {
    peer.onRtpPort(hello(random), 0, hello(random).length, from, now);
  }

  private void establish(SrtpKeys made) {
    handshakes.getLast().done().accept(new DtlsResult.Established(SrtpFixture.otherSide(made)));
  }

  private void media(SrtpSender sender, int seq, InetSocketAddress from) {
    byte[] plain = Packets.rtp(0, 77, seq, 160 * seq, 1);
    byte[] buf = Arrays.copyOf(plain, plain.length + 64);
    sender.protectRtp(buf, 0, plain.length);
    peer.onRtpPort(buf, 0, sender.length(), from, now);
  }

  @Test
  void aHandshakeFromTheDescribedAddressKeysMediaBothWays() {
    describe(PHONE, DtlsRole.SERVER, true);
    hello(1, PHONE);
    assertThat(handshakes).hasSize(1);
    assertThat(handshakes.getFirst().role()).isEqualTo(Role.SERVER);
    handshakes.getFirst().pipe().send(new byte[] {22});
    assertThat(rtpPort).extracting(Sent::to).containsExactly(PHONE);

    establish(keys);
    media(phone, 1, PHONE);
    assertThat(events).containsExactly("started");
    assertThat(rtpPort).hasSize(2).last().extracting(Sent::to).isEqualTo(PHONE);
  }

  @Test
  void nothingIsTakenOrSentPlainBeforeThereAreKeys() {
    describe(PHONE, DtlsRole.SERVER, false);
    byte[] plain = Packets.rtp(0, 77, 1, 0, 1);
    peer.onRtpPort(Arrays.copyOf(plain, plain.length + 64), 0, plain.length, PHONE, now);
    byte[] report = Packets.senderReport(77, 0);
    peer.onRtcpPort(Arrays.copyOf(report, report.length + 64), 0, report.length, PHONE_RTCP, now);
    assertThat(peer.sendRtp(Arrays.copyOf(plain, plain.length + 64), 0, plain.length)).isFalse();
    peer.sendRtcp(Arrays.copyOf(report, report.length + 64), 0, report.length);
    assertThat(rtpPort).isEmpty();
    assertThat(rtcpPort).isEmpty();
    assertThat(peer.stats().packetsRefused()).isEqualTo(2);
  }

  @Test
  void whoWaitsForUsIsStartedWithAndOnlyWhereItIsLikelyToBeItIsHeard() {
    describe(PHONE, DtlsRole.CLIENT, true);
    assertThat(handshakes).extracting(Started::role).containsExactly(Role.CLIENT);
    hello(7, FORGER);
    handshakes.getFirst().pipe().send(new byte[] {22});
    assertThat(rtpPort).extracting(Sent::to).containsExactly(PHONE);
    assertThat(peer.stats().packetsRefused()).isEqualTo(1);
  }

  /** As one that opens its port only when it is answered, and rings for long. */
  @Test
  void whoWaitsForUsAndHasSaidNothingYetIsStartedWithAgain() {
    describe(PHONE, DtlsRole.CLIENT, true);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("not finished within 20 s"));
    peer.onTick(now);
    assertThat(handshakes).hasSize(2);
    assertThat(events).isEmpty();
    establish(keys);
    media(phone, 1, PHONE);
    assertThat(events).containsExactly("started");
  }

  @Test
  void whoSaysNothingForMinutesIsGivenUp() {
    describe(PHONE, DtlsRole.CLIENT, true);
    for (int i = 0; i < 12; i++) {
      now += 20 * SECOND;
      handshakes.getLast().done().accept(new DtlsResult.Failed("not finished within 20 s"));
      peer.onTick(now);
    }
    assertThat(handshakes).hasSize(10);
    assertThat(events).contains("not finished within 20 s");
  }

  @Test
  void aHandshakeOfOursThatFailedIsTriedAgainAfterAnotherDescription() {
    describe(PHONE, DtlsRole.CLIENT, true);
    hello(1, PHONE);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("another certificate"));
    assertThat(events).containsExactly("another certificate");
    describe(PHONE, DtlsRole.CLIENT, true);
    assertThat(handshakes).hasSize(2);
    establish(keys);
    peer.onTick(now + 10 * SECOND);
    assertThat(events).hasSize(1);
  }

  /** Whom our hello has not reached yet, while another behind the same NAT knows the port. */
  @Test
  void whatANeighbourSaysInPlaceOfAPhoneThatWaitsForUsEndsNothing() {
    describe(PHONE, DtlsRole.CLIENT, true);
    hello(1, NAT);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("forged"));
    peer.onTick(now);
    assertThat(handshakes).hasSize(1);
    now += SECOND;
    peer.onTick(now);
    assertThat(handshakes).extracting(Started::role).containsExactly(Role.CLIENT, Role.CLIENT);
    handshakes.getLast().pipe().send(new byte[] {22});
    assertThat(rtpPort).extracting(Sent::to).containsExactly(PHONE);
    establish(keys);
    media(phone, 1, PHONE);
    peer.onTick(now + 10 * SECOND);
    assertThat(events).containsExactly("started");
    assertThat(handshakes).hasSize(2);
  }

  @Test
  void aPhoneBehindANatWhoseHandshakeFailsEachTimeFailsTheCall() {
    describe(at("10.0.0.4", 4000), DtlsRole.CLIENT, true);
    for (int i = 0; i < 4; i++) {
      assertThat(events).isEmpty();
      assertThat(handshakes).hasSize(i + 1);
      hello(1, NAT);
      handshakes.getLast().done().accept(new DtlsResult.Failed("another certificate"));
      now += SECOND;
      peer.onTick(now);
    }
    assertThat(events).containsExactly("another certificate");
    assertThat(handshakes).hasSize(4);
  }

  @Test
  void aForgedHelloNeitherKeepsThePhoneOutNorEndsTheCall() {
    describe(PHONE, DtlsRole.SERVER, true);
    hello(6, FORGER);
    hello(1, PHONE);
    assertThat(handshakes).hasSize(2);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("another certificate"));
    establish(keys);
    hello(8, FORGER);
    media(phone, 1, PHONE);
    assertThat(handshakes).hasSize(2);
    assertThat(events).containsExactly("started");
    assertThat(rtpPort).extracting(Sent::to).containsExactly(PHONE);
  }

  @Test
  void whatAStrangerTriesInVainIsForgotten() {
    describe(PHONE, DtlsRole.SERVER, true);
    hello(6, FORGER);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("another certificate"));
    now += SECOND;
    peer.onTick(now + 10 * SECOND);
    assertThat(events).isEmpty();
    hello(1, PHONE);
    establish(keys);
    media(phone, 1, PHONE);
    assertThat(events).containsExactly("started");
  }

  @Test
  void whoFailsWhereThePhoneShouldBeFailsTheCallUntilItSucceeds() {
    describe(PHONE, DtlsRole.SERVER, true);
    hello(1, PHONE);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("another certificate"));
    assertThat(events).containsExactly("another certificate");
    now += 5 * SECOND;
    peer.onTick(now);
    assertThat(events).hasSize(2);
    hello(2, PHONE);
    establish(keys);
    peer.onTick(now + 10 * SECOND);
    assertThat(events).hasSize(2);
  }

  @Test
  void aPhoneBehindANatIsSentToWhereItsHandshakeCameFrom() {
    describe(at("10.0.0.4", 4000), DtlsRole.SERVER, true);
    hello(6, FORGER);
    hello(1, NAT);
    establish(keys);
    byte[] plain = Packets.rtp(0, 5, 1, 0, 1);
    assertThat(peer.sendRtp(Arrays.copyOf(plain, plain.length + 64), 0, plain.length)).isTrue();
    assertThat(rtpPort).extracting(Sent::to).containsExactly(NAT);
  }

  @Test
  void aHelloThatOutrunsTheAnswerIsKeptIfItsHostIsThatOfSignalling() {
    hello(6, FORGER);
    hello(1, NAT);
    assertThat(handshakes).isEmpty();
    describe(PHONE, DtlsRole.SERVER, true);
    assertThat(handshakes).hasSize(1);
    assertThat(peer.stats().packetsRefused()).isEqualTo(1);
  }

  @Test
  void withoutRtcpMuxReportsHaveAHandshakeOfTheirOwnWhoseFailureIsNoneOfTheCall() {
    describe(PHONE, DtlsRole.SERVER, false);
    hello(1, PHONE);
    establish(keys);
    peer.onRtcpPort(hello(2), 0, hello(2).length, PHONE_RTCP, now);
    assertThat(handshakes).hasSize(2);
    SrtpKeys ofReports = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 2);
    establish(ofReports);
    media(phone, 1, PHONE);

    SrtpSender reporter = new SrtpSender(ofReports);
    byte[] report = Packets.senderReport(77, 0);
    byte[] buf = Arrays.copyOf(report, report.length + 64);
    reporter.protectRtcp(buf, 0, report.length);
    peer.onRtcpPort(buf, 0, reporter.length(), PHONE_RTCP, now);
    assertThat(rtcpPort).extracting(Sent::to).containsExactly(PHONE_RTCP);

    describe(PHONE, DtlsRole.SERVER, false);
    now += 2 * SECOND;
    peer.onRtcpPort(hello(3), 0, hello(3).length, PHONE_RTCP, now);
    handshakes.getLast().done().accept(new DtlsResult.Failed("none"));
    assertThat(events).containsExactly("started");
  }

  /** Its reports are awaited where it opens a port only when it is answered. */
  @Test
  void aHandshakeOfReportsThatNobodyHasAnsweredIsBegunAgain() {
    describe(PHONE, DtlsRole.CLIENT, false);
    assertThat(handshakes).hasSize(2);
    handshakes.getFirst().done().accept(new DtlsResult.Failed("not finished within 20 s"));
    now += SECOND;
    peer.onTick(now);
    assertThat(handshakes).hasSize(3);
    handshakes.getLast().pipe().send(new byte[] {22});
    assertThat(rtcpPort).extracting(Sent::to).containsExactly(PHONE_RTCP);
  }

  @Test
  void aPhoneThatMovesByDescriptionBeginsAnewAndItsKeysServeUntilThen() {
    describe(PHONE, DtlsRole.SERVER, true);
    hello(1, PHONE);
    establish(keys);
    media(phone, 1, PHONE);
    now += 2 * SECOND;
    InetSocketAddress moved = at("192.0.2.9", 5000);
    hello(2, moved);
    assertThat(handshakes).as("nobody has described it there").hasSize(1);
    describe(moved, DtlsRole.SERVER, true);
    hello(2, moved);
    assertThat(handshakes).hasSize(2);
    media(phone, 2, PHONE);
    SrtpKeys next = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 3);
    establish(next);
    media(new SrtpSender(next), 3, moved);
    assertThat(rtpPort).hasSize(3).last().extracting(Sent::to).isEqualTo(moved);
  }
}
