package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.drawbridge.media.api.MediaPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send media to a plain RTP port, and who may not. */
class SourceLatchTest {

  private static final long MILLIS = 1_000_000;
  private static final int PACKET_MILLIS = 20;
  private static final InetSocketAddress SIGNALLED = address(1, 4000);
  private static final InetSocketAddress MOVED = address(1, 4400);
  private static final InetSocketAddress NAT = address(2, 61_000);
  private static final InetSocketAddress OTHER_NAT = address(2, 62_000);
  private static final InetSocketAddress FORGER = address(9, 9000);

  /** Where signalling comes from: the outer side of the NAT. */
  private static final InetSocketAddress SIGNALLING = address(2, 5060);

  private static final InetSocketAddress OTHER_NETWORK = address(77, 6000);

  private final SourceLatch latch = new SourceLatch(SIGNALLING.getAddress());
  private final Random random = new Random(1);
  private long now;

  private static InetSocketAddress address(int host, int port) {
    try {
      byte[] ip = {(byte) 192, 0, 2, (byte) host};
      return new InetSocketAddress(InetAddress.getByAddress(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends packets in sequence, 20 ms apart; returns how many were accepted. */
  private int stream(InetSocketAddress from, int firstSeq, int count) {
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      accepted += latch.accept(from, from.getPort(), firstSeq + i, false, now) ? 1 : 0;
      now += PACKET_MILLIS * MILLIS;
    }
    return accepted;
  }

  /** Sends packets with random streams and numbers at one instant. */
  private int flood(InetSocketAddress from, int count) {
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      accepted += latch.accept(from, random.nextInt(), random.nextInt(65536), false, now) ? 1 : 0;
    }
    return accepted;
  }

  @Test
  void sendsToTheSignalledAddressAtOnceAndTakesItsFirstPacket() {
    latch.arm(SIGNALLED, now);
    assertThat(latch.target()).isEqualTo(SIGNALLED);
    assertThat(stream(SIGNALLED, 1, 1)).isEqualTo(1);
    assertThat(stream(FORGER, 1, 10)).isZero();
    assertThat(latch.target()).isEqualTo(SIGNALLED);
  }

  /** Somebody may have called in the name of another, to have us send to whom he describes. */
  @Test
  void whoOwesASignIsSentMediaWhereItSendsFromAlone() {
    latch.arm(SIGNALLED, now);
    latch.owesSign(true);
    assertThat(latch.target()).isNull();
    stream(NAT, 1, 2);
    assertThat(latch.target()).isNull();
    stream(NAT, 3, 1);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void whoHasShownThatItIsThereIsSentMediaWithoutSendingAny() {
    latch.arm(SIGNALLED, now);
    latch.owesSign(true);
    latch.owesSign(false);
    assertThat(latch.target()).isEqualTo(SIGNALLED);
  }

  /** A stranger must not have us send packets of its making to hosts that only we can reach. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "127.0.0.1",
        "fd00::1",
        "fe80::1",
        "::1"
      })
  void whoSignalsFromOutsideHasUsSendNowhereInsideUntilItsPacketsCome(String inside) {
    InetSocketAddress named = new InetSocketAddress(InetAddress.ofLiteral(inside), 5060);
    latch.arm(named, now);
    assertThat(latch.target()).isNull();
    stream(NAT, 1, 3);
    assertThat(latch.target()).isEqualTo(NAT);
    latch.arm(new InetSocketAddress(named.getAddress(), 5062), now);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 192.168.1.1, true",
    "10.1.2.3, 192.0.2.1, true",
    "10.1.2.3, 127.0.0.1, false",
    "10.1.2.3, 169.254.169.254, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 10.1.2.3, true",
    "192.0.2.1, 198.51.100.1, true",
    "2001:db8::1, 10.1.2.3, false",
  })
  void whoSignalsFromInsideHasItsMediaAtOnce(String host, String named, boolean atOnce) {
    latch.host(InetAddress.ofLiteral(host));
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(named), 4000);
    latch.arm(address, now);
    assertThat(latch.target()).isEqualTo(atOnce ? address : null);
  }

  /** Its media may be on an interconnect; and it may wait for ours before it sends any. */
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "100.64.0.1, true",
    "fd00::1, true",
    "127.0.0.1, false",
    "169.254.169.254, false",
    "fe80::1, false",
  })
  void aServerThatSignalsFromOutsideHasItsMediaInPrivateNetworksAtOnce(String at, boolean atOnce) {
    latch.known(MediaPeer.SERVER);
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(at), 4000);
    latch.arm(address, now);
    assertThat(latch.target()).isEqualTo(atOnce ? address : null);
  }

  @Test
  void whoHasComeInsideHasItsMediaAtOnceThoughItNamesTheSameAddress() {
    InetSocketAddress inside = new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 4000);
    latch.arm(inside, now);
    latch.host(InetAddress.ofLiteral("10.1.2.3"));
    latch.arm(inside, now);
    assertThat(latch.target()).isEqualTo(inside);
  }

  @Test
  void learnsAnAddressBehindNatAndSendsThereOnceItIsProven() {
    latch.arm(SIGNALLED, now);
    assertThat(stream(NAT, 1, 2)).isEqualTo(2);
    assertThat(latch.target()).as("not proven yet").isEqualTo(SIGNALLED);
    assertThat(stream(NAT, 3, 1)).isEqualTo(1);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void aForgedPacketThatComesFirstDelaysTheRealStreamByTwoPackets() {
    latch.arm(SIGNALLED, now);
    assertThat(flood(FORGER, 1)).isEqualTo(1);
    assertThat(stream(NAT, 1, 10)).isEqualTo(8);
    assertThat(latch.source()).isEqualTo(NAT);
    assertThat(flood(FORGER, 100)).isZero();
  }

  @Test
  void theSignalledAddressTakesOverFromAnUnprovenOne() {
    latch.arm(SIGNALLED, now);
    flood(FORGER, 1);
    assertThat(stream(SIGNALLED, 1, 1)).isEqualTo(1);
    assertThat(latch.source()).isEqualTo(SIGNALLED);
    assertThat(stream(FORGER, 1, 10)).isZero();
  }

  @Test
  void aForgedStreamDoesNotStealAnEstablishedOneEvenWhenArmedAgain() {
    latch.arm(SIGNALLED, now);
    stream(NAT, 1, 50);
    latch.arm(SIGNALLED, now);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      refused += stream(FORGER, i, 1) == 0 ? 1 : 0;
      assertThat(latch.accept(NAT, NAT.getPort(), 51 + i, false, now)).isTrue();
    }
    assertThat(refused).isEqualTo(500);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void aSourceThatContinuedIsStrictAgainSoItsLaterSilenceOpensNothing() {
    latch.arm(SIGNALLED, now);
    stream(NAT, 1, 10);
    latch.arm(SIGNALLED, now);
    stream(NAT, 11, 200);
    now += 60_000 * MILLIS;
    assertThat(stream(FORGER, 1, 10)).isZero();
    assertThat(latch.mayComeFrom(FORGER, now)).isFalse();
  }

  @Test
  void afterARenegotiationANewNatAddressIsLearnedOnceTheOldOneIsSilent() {
    latch.arm(SIGNALLED, now);
    stream(NAT, 1, 10);
    latch.arm(SIGNALLED, now);
    now += 1500 * MILLIS;
    assertThat(stream(OTHER_NAT, 1, 10)).isEqualTo(8);
    assertThat(latch.target()).isEqualTo(OTHER_NAT);
  }

  /** A stream that keeps its SSRC, as a phone does that knows nothing of its NAT. */
  private int streamOf(InetSocketAddress owner, InetSocketAddress from, int firstSeq, int count) {
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      boolean worth = latch.mayComeFrom(from, now);
      boolean taken = worth && latch.accept(from, owner.getPort(), firstSeq + i, false, now);
      accepted += taken ? 1 : 0;
      now += PACKET_MILLIS * MILLIS;
    }
    return accepted;
  }

  @Test
  void aStreamThatItsNatGivesAnotherPortInMidCallIsFollowed() {
    latch.arm(SIGNALLED, now);
    stream(NAT, 1, 500);
    assertThat(streamOf(NAT, OTHER_NAT, 501, 100)).as("after a second and the proof").isEqualTo(49);
    assertThat(latch.target()).isEqualTo(OTHER_NAT);
    assertThat(stream(NAT, 601, 10)).as("the old port means nothing now").isZero();
  }

  @Test
  void anotherPortOfASilentSourceOpensNothingToOtherStreams() {
    latch.arm(SIGNALLED, now);
    stream(NAT, 1, 10);
    now += 60_000 * MILLIS;
    assertThat(stream(OTHER_NAT, 11, 100)).as("with an SSRC of its own").isZero();
    assertThat(streamOf(NAT, FORGER, 11, 100)).as("from another host").isZero();
    assertThat(stream(NAT, 11, 1)).isEqualTo(1);
  }

  @Test
  void aPhoneThatMovesItsPortBySdpIsFollowedAtOnce() {
    latch.arm(SIGNALLED, now);
    stream(SIGNALLED, 1, 10);
    latch.arm(MOVED, now);
    assertThat(latch.target()).isEqualTo(MOVED);
    assertThat(stream(SIGNALLED, 11, 5)).as("still under way").isEqualTo(5);
    assertThat(latch.target()).isEqualTo(MOVED);
    assertThat(stream(MOVED, 100, 1)).isEqualTo(1);
    assertThat(stream(SIGNALLED, 16, 5)).isZero();
  }

  @Test
  void aSignalledAddressThatSpeaksLateTakesOverFromASilentSource() {
    latch.arm(SIGNALLED, now);
    stream(SIGNALLED, 1, 10);
    latch.arm(MOVED, now);
    stream(SIGNALLED, 11, 200);
    assertThat(stream(MOVED, 1, 1)).isZero();
    now += 2000 * MILLIS;
    assertThat(stream(MOVED, 2, 5)).isEqualTo(5);
  }

  @Test
  void anAuthenticPacketProvesItsAddressAlone() {
    latch.arm(SIGNALLED, now);
    assertThat(latch.accept(NAT, 1, 1, true, now)).isTrue();
    assertThat(latch.target()).isEqualTo(NAT);
    assertThat(latch.mayComeFrom(FORGER, now)).isFalse();
  }

  @Test
  void aFloodBeforeThePeersFirstPacketYieldsToTheSignalledAddress() {
    latch.arm(SIGNALLED, now);
    assertThat(stream(FORGER, 1, 200)).isEqualTo(200);
    assertThat(latch.target()).isEqualTo(FORGER);
    assertThat(stream(SIGNALLED, 1, 10)).as("all but those that prove it").isEqualTo(8);
    assertThat(latch.target()).isEqualTo(SIGNALLED);
    assertThat(stream(FORGER, 201, 200)).isZero();
  }

  @Test
  void aFloodBeforeThePeersFirstPacketYieldsToTheHostThatSignals() {
    latch.arm(SIGNALLED, now);
    stream(FORGER, 1, 200);
    assertThat(stream(NAT, 1, 10)).isEqualTo(8);
    assertThat(latch.target()).isEqualTo(NAT);
    assertThat(stream(FORGER, 201, 200)).isZero();
    assertThat(stream(OTHER_NAT, 1, 10)).as("no likelier than the source").isZero();
  }

  @Test
  void afterAMoveTheHostThatSignalsNowIsTheLikelyOne() {
    latch.host(OTHER_NETWORK.getAddress());
    latch.arm(SIGNALLED, now);
    stream(FORGER, 1, 200);
    assertThat(stream(OTHER_NETWORK, 1, 10)).isEqualTo(8);
    assertThat(latch.target()).isEqualTo(OTHER_NETWORK);
    assertThat(stream(FORGER, 201, 200)).isZero();
    assertThat(stream(NAT, 1, 10)).as("where signalling came from before").isZero();
  }

  @Test
  void aFloodFromManyAddressesCannotCrowdOutALikelyOne() {
    latch.arm(SIGNALLED, now);
    int taken = 0;
    for (int i = 0; i < 20; i++) {
      for (int host = 20; host < 60; host++) {
        flood(address(host, 1000 + i), 1);
      }
      taken += stream(NAT, i, 1);
    }
    assertThat(taken).isEqualTo(18);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void whatAuthenticatedItselfYieldsToNobody() {
    latch.arm(SIGNALLED, now);
    latch.accept(NAT, 1, 1, true, now);
    assertThat(latch.mayComeFrom(SIGNALLED, now)).isFalse();
    assertThat(stream(SIGNALLED, 1, 10)).isZero();
  }

  @Test
  void rtcpOfItsOwnPortMustComeFromTheHostOfTheMedia() {
    latch.arm(SIGNALLED, now);
    assertThat(latch.isHost(address(1, 4001))).isTrue();
    stream(NAT, 1, 10);
    assertThat(latch.isHost(address(2, 61_001))).isTrue();
    assertThat(latch.isHost(address(9, 4001))).isFalse();
  }

  @Test
  void withoutAnyDescriptionNothingIsTaken() {
    assertThat(stream(NAT, 1, 10)).isZero();
    assertThat(latch.target()).isNull();
  }

  /** From one network to another, as from Wi-Fi to a mobile one, without a description. */
  @Test
  void onlyWhatIsAuthenticIsFollowedToAnotherHost() {
    latch.arm(SIGNALLED, now);
    latch.accept(NAT, 1, 1, true, now);
    assertThat(latch.accept(FORGER, 1, 2, true, now)).as("the source still speaks").isFalse();
    now += 1100 * MILLIS;
    assertThat(latch.mayComeFrom(FORGER, now)).isTrue();
    assertThat(latch.accept(FORGER, 1, 2, false, now)).isFalse();
    assertThat(latch.accept(FORGER, 1, 3, true, now)).isTrue();
    assertThat(latch.target()).isEqualTo(FORGER);
  }

  @Test
  void whatNothingAuthenticatesStaysWhereItIsUntilADescriptionSaysOtherwise() {
    latch.arm(SIGNALLED, now);
    stream(NAT, 1, 200);
    now += 1100 * MILLIS;
    assertThat(latch.mayComeFrom(FORGER, now)).isFalse();
    for (int seq = 201; seq < 300; seq++) {
      assertThat(latch.accept(FORGER, NAT.getPort(), seq, false, now)).isFalse();
    }
    assertThat(latch.target()).isEqualTo(NAT);
  }

  /** A PBX holds by an address of zeros, and then connects the call with another phone. */
  @Test
  void whoIsDescribedElsewhereAfterAHoldWithoutAnAddressIsSentToThere() {
    latch.arm(SIGNALLED, now);
    stream(SIGNALLED, 1, 10);
    latch.arm(null, now);
    latch.arm(MOVED, now);
    assertThat(latch.target()).isEqualTo(MOVED);
  }
}
