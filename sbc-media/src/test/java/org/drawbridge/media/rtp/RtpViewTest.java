package org.drawbridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RtpViewTest {

  @Test
  void aHeaderMustFitWithContributorsAndExtension() {
    byte[] packet = new byte[40];
    packet[0] = (byte) 0x92;
    Bytes.put16(packet, 22, 4);
    assertThat(RtpView.headerLength(packet, 0, 40)).isEqualTo(40);
    assertThat(RtpView.isRtp(packet, 0, 40)).isTrue();
    assertThat(RtpView.isRtp(packet, 0, 39)).isFalse();
    assertThat(RtpView.isRtp(packet, 0, 23)).isFalse();
    assertThat(RtpView.isRtp(packet, 0, 11)).isFalse();
    packet[0] = 0x12;
    assertThat(RtpView.isRtp(packet, 0, 40)).as("version 0").isFalse();
  }

  @Test
  void rtcpIsToldFromRtpByItsPacketType() {
    byte[] packet = new byte[12];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) 200;
    assertThat(RtcpView.isRtcp(packet, 0, 12)).isTrue();
    packet[1] = (byte) (0x80 | 111);
    assertThat(RtcpView.isRtcp(packet, 0, 12)).as("Opus with marker").isFalse();
    packet[1] = 0;
    assertThat(RtcpView.isRtcp(packet, 0, 12)).isFalse();
  }

  @Test
  void aCompoundWithOneBadLengthIsRefused() {
    byte[] two = new byte[16];
    RtcpView.putHeader(two, 0, 0, RtcpView.RR, 8);
    RtcpView.putHeader(two, 8, 0, RtcpView.RR, 8);
    assertThat(RtcpView.isCompound(two, 0, 16)).isTrue();
    Bytes.put16(two, 10, 2);
    assertThat(RtcpView.isCompound(two, 0, 16)).isFalse();
    RtcpView.putHeader(two, 8, 1, RtcpView.RR, 8);
    assertThat(RtcpView.isCompound(two, 0, 16)).as("a block that is not there").isFalse();
  }

  @Test
  void sequenceNumbersWrap() {
    assertThat(Seq.distance(65_535, 0)).isEqualTo(1);
    assertThat(Seq.distance(0, 65_535)).isEqualTo(-1);
    assertThat(Seq.extend(65_535, 3)).isEqualTo(65_539);
    assertThat(Seq.extend(65_539, 65_534)).isEqualTo(65_534);
    assertThat(Seq.extend(3, 65_535)).isEqualTo(-1);
  }

  @Test
  void lossesOfAnEarlierStreamStayCounted() {
    StreamStats stats = new StreamStats();
    stats.onPacket(1, 65_534, 0, 8000, 0);
    stats.onPacket(1, 1, 480, 8000, 60_000_000);
    assertThat(stats.lost()).isEqualTo(2);
    assertThat(stats.jitterMillis()).isLessThan(0.001);
    stats.onPacket(2, 100, 0, 8000, 80_000_000);
    stats.onPacket(2, 102, 320, 8000, 120_000_000);
    assertThat(stats.lost()).isEqualTo(3);
    assertThat(stats.extendedHighest()).isEqualTo(102);
  }
}
