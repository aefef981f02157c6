package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.srtp.SrtpFixture.protectRtcp;
import static org.drawbridge.media.srtp.SrtpFixture.protectRtp;
import static org.drawbridge.media.srtp.SrtpFixture.rtcp;
import static org.drawbridge.media.srtp.SrtpFixture.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.rtp.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packet indices at their edges, of every profile (RFC 3711 3.3.1, 3.3.2, Appendix A). */
@ParameterizedClass
@EnumSource(SrtpProfile.class)
class SrtpIndexTest {

  private static final int SSRC = 0xCAFE0001;
  private static final int WRAP = 0x10000;

  @Parameter SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;

  private SrtpSender sender = new SrtpSender(SrtpFixture.keys(profile, 1));
  private SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.keys(profile, 1));

  @BeforeEach
  void keyBoth() {
    SrtpKeys keys = SrtpFixture.keys(profile, 1);
    sender = new SrtpSender(keys);
    receiver = new SrtpReceiver(SrtpFixture.otherSide(keys));
  }

  private byte[] sealed(int ssrc, int seq) {
    return protectRtp(sender, rtp(ssrc, seq & 0xFFFF, 20));
  }

  private SrtpResult open(byte[] packet) {
    byte[] copy = packet.clone();
    return receiver.unprotectRtp(copy, 0, copy.length);
  }

  @Test
  void aStreamMayBeginAnywhere() {
    int ssrc = 1;
    for (int seq : new int[] {0, 1, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF}) {
      assertThat(open(sealed(ssrc, seq))).as("first is " + seq).isEqualTo(SrtpResult.OK);
      assertThat(open(sealed(ssrc, seq + 1))).isEqualTo(SrtpResult.OK);
      ssrc++;
    }
  }

  @Test
  void whoMissedTheFirstWrapStillJoins() {
    sealed(SSRC, 0xFFFE);
    sealed(SSRC, 0xFFFF);
    sealed(SSRC, 0);
    assertThat(open(sealed(SSRC, 1))).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(SSRC, 2))).isEqualTo(SrtpResult.OK);
    assertThat(receiver.length()).isEqualTo(32);
  }

  /** As a phone that a PBX puts through to us after it has spoken with another for hours. */
  @Test
  void whoHasSpokenWithOthersForHoursIsHeardBeforeLong() {
    for (int index = 0; index < 9 * WRAP; index += WRAP / 3) {
      sealed(SSRC, index);
    }
    int unheard = 0;
    while (open(sealed(SSRC, 9 * WRAP + unheard)) != SrtpResult.OK) {
      unheard++;
      assertThat(unheard).isLessThan(100);
    }
    byte[] next = sealed(SSRC, 9 * WRAP + unheard + 1);
    assertThat(open(next)).isEqualTo(SrtpResult.OK);
    assertThat(open(next)).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void whatIsForgedWhereALateStreamIsAwaitedKeepsItOutNoLongerThanARound() {
    for (int index = 0; index < 3 * WRAP; index += WRAP / 3) {
      sealed(SSRC, index);
    }
    int tried = 0;
    byte[] forged = rtp(SSRC, 5, 40);
    while (open(sealed(SSRC, 3 * WRAP + tried)) != SrtpResult.OK) {
      assertThat(open(forged)).isEqualTo(SrtpResult.NOT_AUTHENTIC);
      tried++;
      assertThat(tried).isLessThan(200);
    }
  }

  @Test
  void thePlainTextOfALateJoinIsWhatWasSent() {
    sealed(SSRC, 0xFFFF);
    byte[] packet = sealed(SSRC, 7);
    assertThat(receiver.unprotectRtp(packet, 0, packet.length)).isEqualTo(SrtpResult.OK);
    assertThat(packet).startsWith(rtp(SSRC, 7, 20));
  }

  @Test
  void lossesAroundEachOfSeveralWrapsLoseNothingElse() {
    Random random = new Random(7);
    for (int index = 0xFF00; index < 4 * WRAP; index += 1 + random.nextInt(3)) {
      boolean nearWrap = (index + 200 & 0xFFFF) < 400;
      byte[] packet = sealed(SSRC, index);
      if (!nearWrap || random.nextInt(4) == 0) {
        assertThat(open(packet)).as("index " + index).isEqualTo(SrtpResult.OK);
      }
    }
  }

  @Test
  void aLatePacketFromBeforeTheWrapIsTakenOnce() {
    assertThat(open(sealed(SSRC, 0xFFFE))).isEqualTo(SrtpResult.OK);
    byte[] late = sealed(SSRC, 0xFFFF);
    assertThat(open(sealed(SSRC, 0))).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(SSRC, 1))).isEqualTo(SrtpResult.OK);
    assertThat(open(late)).isEqualTo(SrtpResult.OK);
    assertThat(open(late)).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void theWindowEndsWhereItSays() {
    List<byte[]> held = new ArrayList<>();
    for (int seq = 1000; seq < 1000 + ReplayWindow.SIZE + 2; seq++) {
      held.add(sealed(SSRC, seq));
    }
    assertThat(open(held.getFirst())).isEqualTo(SrtpResult.OK);
    assertThat(open(held.getLast())).isEqualTo(SrtpResult.OK);
    assertThat(open(held.get(1))).as("one too old").isEqualTo(SrtpResult.REPLAYED);
    assertThat(open(held.get(2))).as("the oldest").isEqualTo(SrtpResult.OK);
    assertThat(open(held.get(2))).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void aNewSourceInTheMiddleHasAnIndexOfItsOwn() {
    assertThat(open(sealed(1, 0xFFFF))).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(1, 0))).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(2, 40_000))).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(2, 40_001))).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(1, 1))).as("the first goes on").isEqualTo(SrtpResult.OK);
  }

  @Test
  void reportsOfSeveralSourcesShareOneIndex() {
    for (int i = 0; i < 10; i++) {
      byte[] report = protectRtcp(sender, rtcp(i % 3));
      assertThat(receiver.unprotectRtcp(report, 0, report.length)).isEqualTo(SrtpResult.OK);
    }
  }

  @Test
  void aPacketWithoutPayloadIsProtectedToo() {
    byte[] packet = protectRtp(sender, rtp(SSRC, 5, 0));
    byte[] changed = packet.clone();
    changed[1] ^= 1;
    assertThat(open(changed)).isEqualTo(SrtpResult.NOT_AUTHENTIC);
    assertThat(open(packet)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.length()).isEqualTo(12);
  }

  @Test
  void sourcesAndExtensionsAreAuthenticatedAndStayInTheClear() {
    byte[] plain = rtp(SSRC, 5, 40);
    plain[0] = (byte) 0x92; // an extension behind two CSRCs
    plain[22] = 0;
    plain[23] = 2;
    byte[] packet = protectRtp(sender, plain);
    assertThat(Arrays.copyOf(packet, 32)).isEqualTo(Arrays.copyOf(plain, 32));
    byte[] changed = packet.clone();
    changed[25] ^= 1;
    assertThat(open(changed)).isEqualTo(SrtpResult.NOT_AUTHENTIC);
    byte[] whole = packet.clone();
    assertThat(receiver.unprotectRtp(whole, 0, whole.length)).isEqualTo(SrtpResult.OK);
    assertThat(whole).startsWith(plain);
  }

  @Test
  void aTagCutShortIsNotEnough() {
    byte[] packet = sealed(SSRC, 5);
    for (int cut = 1; cut <= 12; cut++) {
      byte[] copy = packet.clone();
      assertThat(receiver.unprotectRtp(copy, 0, copy.length - cut)).isNotEqualTo(SrtpResult.OK);
    }
  }

  /** As peers do that make their sender anew for each description, with the key they had. */
  @Test
  void whoCountsRolloversAnewAfterADescriptionIsHeard() {
    byte[] first = sealed(SSRC, 0xFFF0);
    assertThat(open(first)).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(SSRC, 0))).isEqualTo(SrtpResult.OK);
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    byte[] anew = sealed(SSRC, 20);
    assertThat(open(anew)).as("without a description").isEqualTo(SrtpResult.NOT_AUTHENTIC);
    receiver.onDescription();
    assertThat(open(anew)).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(SSRC, 21))).isEqualTo(SrtpResult.OK);
    assertThat(open(anew)).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void whoGoesOnAfterADescriptionCannotBeReplayedFromTheBeginning() {
    byte[] first = sealed(SSRC, 0xFFF0);
    assertThat(open(first)).isEqualTo(SrtpResult.OK);
    assertThat(open(sealed(SSRC, 0))).isEqualTo(SrtpResult.OK);
    receiver.onDescription();
    assertThat(open(sealed(SSRC, 1))).isEqualTo(SrtpResult.OK);
    assertThat(open(first)).isEqualTo(SrtpResult.REPLAYED);
  }

  private byte[] said(int seq, int timestamp) {
    byte[] plain = rtp(SSRC, seq, 20);
    Bytes.put32(plain, 4, timestamp);
    return protectRtp(sender, plain);
  }

  /** A stream that is past its first rollover; returns a packet of before. */
  private byte[] rollOver() {
    byte[] recorded = said(100, 16_000);
    for (byte[] packet :
        List.of(recorded, said(0x7000, 160 * 0x7000), said(0xE000, 160 * 0xE000))) {
      assertThat(open(packet)).isEqualTo(SrtpResult.OK);
    }
    assertThat(open(said(50, 160 * (WRAP + 50)))).isEqualTo(SrtpResult.OK);
    return recorded;
  }

  @Test
  void whatWasRecordedIsNoNewBeginningAfterADescription() {
    byte[] recorded = rollOver();
    receiver.onDescription();
    assertThat(open(recorded)).isNotEqualTo(SrtpResult.OK);
    assertThat(open(said(51, 160 * (WRAP + 51)))).isEqualTo(SrtpResult.OK);
  }

  @Test
  void whatWasRecordedIsNotTakenFromWhoHasBegunAnew() {
    byte[] recorded = rollOver();
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    receiver.onDescription();
    assertThat(open(said(51, 160 * (WRAP + 51)))).isEqualTo(SrtpResult.OK);
    assertThat(open(recorded)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(open(said(52, 160 * (WRAP + 52)))).isEqualTo(SrtpResult.OK);
  }

  /** It begins anew when our answer has come; what it had sent until then comes before. */
  @Test
  void whoCountsAnewIsHeardThoughPacketsWereOnTheirWay() {
    rollOver();
    receiver.onDescription();
    assertThat(open(said(51, 160 * (WRAP + 51)))).isEqualTo(SrtpResult.OK);
    assertThat(open(said(52, 160 * (WRAP + 52)))).isEqualTo(SrtpResult.OK);
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    assertThat(open(said(53, 160 * (WRAP + 53)))).isEqualTo(SrtpResult.OK);
    assertThat(open(said(54, 160 * (WRAP + 54)))).isEqualTo(SrtpResult.OK);
  }

  /** As phones do that make their stream anew for each description, with the key they had. */
  @ParameterizedTest
  @ValueSource(ints = {100, 0xE000})
  void whoseSequenceBeginsAnewAfterADescriptionIsHeard(int anew) {
    byte[] recorded = said(2000, 160 * 2000);
    assertThat(open(recorded)).isEqualTo(SrtpResult.OK);
    assertThat(open(said(3000, 160 * 3000))).isEqualTo(SrtpResult.OK);
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    byte[] first = said(anew, 160 * 3001);
    assertThat(open(first)).as("without a description").isEqualTo(SrtpResult.REPLAYED);
    receiver.onDescription();
    assertThat(open(recorded)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(open(first)).isEqualTo(SrtpResult.OK);
    assertThat(open(first)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(open(said(anew + 1, 160 * 3002))).isEqualTo(SrtpResult.OK);
    assertThat(open(recorded)).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void whoGoesOnForLongAfterADescriptionMayNotBeginAnew() {
    assertThat(open(said(3000, 160 * 3000))).isEqualTo(SrtpResult.OK);
    receiver.onDescription();
    for (int seq = 3001; seq < 3251; seq++) {
      assertThat(open(said(seq, 160 * seq))).isEqualTo(SrtpResult.OK);
    }
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    assertThat(open(said(100, 160 * 4000))).isEqualTo(SrtpResult.REPLAYED);
  }

  private SrtpResult openReport(byte[] packet) {
    byte[] copy = packet.clone();
    return receiver.unprotectRtcp(copy, 0, copy.length);
  }

  /** A sender report with its time in seconds. */
  private byte[] reported(int seconds) {
    byte[] plain = new byte[28];
    plain[0] = (byte) 0x80;
    plain[1] = (byte) 200;
    plain[3] = 6;
    Bytes.put32(plain, 4, SSRC);
    Bytes.put32(plain, 8, 0xE900_0000 + seconds);
    return protectRtcp(sender, plain);
  }

  /** As Linphone does when it is taken off hold. */
  @Test
  void whoCountsReportsAnewAfterADescriptionIsHeard() {
    byte[] recorded = reported(5);
    byte[] last = reported(10);
    byte[] quiet = protectRtcp(sender, rtcp(SSRC));
    for (byte[] report : List.of(recorded, last, quiet)) {
      assertThat(openReport(report)).isEqualTo(SrtpResult.OK);
    }
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    byte[] anew = reported(15);
    assertThat(openReport(anew)).as("without a description").isEqualTo(SrtpResult.REPLAYED);
    receiver.onDescription();
    assertThat(openReport(recorded)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(openReport(last)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(openReport(quiet)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(openReport(anew)).isEqualTo(SrtpResult.OK);
    assertThat(openReport(anew)).isEqualTo(SrtpResult.REPLAYED);
    assertThat(openReport(last)).as("from before").isEqualTo(SrtpResult.REPLAYED);
    assertThat(openReport(quiet)).as("from before").isEqualTo(SrtpResult.REPLAYED);
    assertThat(openReport(reported(20))).isEqualTo(SrtpResult.OK);
    protectRtcp(sender, rtcp(SSRC));
    assertThat(openReport(protectRtcp(sender, rtcp(SSRC)))).isEqualTo(SrtpResult.OK);
  }

  @Test
  void whoseReportsGoOnAfterADescriptionMayNotBeginAnewForLong() {
    assertThat(openReport(reported(1))).isEqualTo(SrtpResult.OK);
    receiver.onDescription();
    for (int i = 2; i < 12; i++) {
      assertThat(openReport(reported(i))).isEqualTo(SrtpResult.OK);
    }
    sender = new SrtpSender(SrtpFixture.keys(profile, 1));
    assertThat(openReport(reported(20))).isEqualTo(SrtpResult.REPLAYED);
  }
}
