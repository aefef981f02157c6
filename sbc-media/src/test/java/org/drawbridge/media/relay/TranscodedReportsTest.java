package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioEncoder;
import org.drawbridge.media.audio.OpusTerms;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports about a stream whose codec is turned into another. */
class TranscodedReportsTest {

  private static final int A_SSRC = 0xA;
  private static final int B_SSRC = 0xB;
  private static final int IN = 96;
  private static final int OUT = 97;
  private static final int SECOND = 50;

  private final TranscodingLimit limit = new TranscodingLimit(2);
  private final LegPair pair = new LegPair(true);
  private AudioCodec codec = AudioCodec.OPUS;
  private int ssrc = A_SSRC;
  private int number = 7;

  private void join(AudioCodec from, AudioCodec to) {
    codec = from;
    pair.join(map(from, to), map(to, from));
  }

  private PayloadMap map(AudioCodec from, AudioCodec to) {
    Transcoding how =
        new Transcoding(Map.of(IN, from), Set.of(), to, OUT, 20, OpusTerms.REPEATING, limit.seat());
    return PayloadMap.of(Map.of(), Map.of(IN, from.clockRate())).transcoding(how);
  }

  private int timestamp() {
    return 0x7FFF_F000 + number * (codec.clockRate() / 50);
  }

  /** The next 20 ms of A, which may be lost. */
  private void speak(boolean lost) {
    byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
    AudioEncoder encoder = codec.newEncoder(codec.sampleRate());
    int samples = codec.sampleRate() / 50;
    int length = encoder.encode(new short[samples], 0, samples, payload, 0);
    byte[] packet = new byte[RtpView.HEADER + length];
    RtpView.write(packet, IN, number, timestamp(), ssrc);
    System.arraycopy(payload, 0, packet, RtpView.HEADER, length);
    if (lost) {
      pair.pass();
    } else {
      pair.a.receiveRtp(packet);
    }
    number++;
  }

  private void speak(int packets) {
    for (int i = 0; i < packets; i++) {
      speak(false);
    }
  }

  private byte[] report() {
    pair.a.receiveRtcp(Packets.senderReport(ssrc, timestamp()));
    return pair.b.lastRtcp();
  }

  @ParameterizedTest
  @CsvSource({"OPUS,PCMU", "PCMU,OPUS", "G722,OPUS", "OPUS,G722", "PCMA,G722"})
  void theSourcesTimeIsToldInTheClockOfWhatLeaves(AudioCodec from, AudioCodec to) {
    join(from, to);
    speak(SECOND);
    byte[] report = report();
    assertThat(RtcpView.isCompound(report, 0, report.length)).isTrue();
    assertThat(RtcpView.type(report, 0)).isEqualTo(RtcpView.SR);
    assertThat(RtcpView.ssrc(report, 0)).isEqualTo(pair.b.ssrc());
    assertThat(Bytes.u32(report, 8)).isEqualTo(0x11223344);
    int next = Packets.timestamp(pair.b.lastRtp()) + to.clockRate() / 50;
    assertThat(Bytes.u32(report, 16) - next).isBetween(-1, 1);
    assertThat(Bytes.u32(report, 20)).as("packets we sent").isEqualTo(pair.b.rtp.size());
    int octets = pair.b.rtp.stream().mapToInt(packet -> packet.length - RtpView.HEADER).sum();
    assertThat(Bytes.u32(report, 24)).as("octets we sent").isEqualTo(octets);
    int sdes = RtcpView.length(report, 0);
    assertThat(RtcpView.type(report, sdes)).isEqualTo(RtcpView.SDES);
  }

  @Test
  void itStaysSoWhateverIsLostMeanwhile() {
    join(AudioCodec.OPUS, AudioCodec.PCMU);
    Random random = new Random(11);
    speak(3);
    long ticks = Integer.toUnsignedLong(Bytes.u32(report(), 16));
    int then = number;
    for (int i = 0; i < 20 * SECOND; i++) {
      speak(random.nextInt(6) == 0);
    }
    speak(1);
    long later = Integer.toUnsignedLong(Bytes.u32(report(), 16));
    assertThat((int) (later - ticks)).isEqualTo((number - then) * 160);
  }

  @Test
  void anotherSourceKeepsToTheTimeThatWentBy() {
    join(AudioCodec.PCMU, AudioCodec.OPUS);
    speak(SECOND);
    int before = Packets.timestamp(pair.b.lastRtp());
    pair.now += 1_980_000_000L;
    ssrc = 0xC;
    number = 3000;
    speak(1);
    byte[] first = pair.b.lastRtp();
    assertThat(Packets.timestamp(first) - before).isEqualTo(2 * 48_000);
    assertThat(RtpView.marker(first, 0)).isTrue();
    byte[] report = report();
    assertThat(RtcpView.type(report, 0)).isEqualTo(RtcpView.SR);
    assertThat(Bytes.u32(report, 16)).isEqualTo(Packets.timestamp(first) + 960);
  }

  @Test
  void aReportOfASourceThatIsNotHeardTellsNoTime() {
    join(AudioCodec.OPUS, AudioCodec.PCMU);
    speak(SECOND);
    pair.a.receiveRtcp(Packets.senderReport(0x666, timestamp()));
    assertThat(RtcpView.type(pair.b.lastRtcp(), 0)).isEqualTo(RtcpView.RR);
  }

  @Test
  void whatTheReceiverSaysIsKeptForUsAndTheSourceHearsHowWeReceiveIt() {
    join(AudioCodec.OPUS, AudioCodec.PCMU);
    speak(SECOND);
    byte[] sent = report();
    pair.now += 60_000_000L;
    byte[] answer = Packets.receiverReport(B_SSRC, pair.b.ssrc(), Packets.seq(pair.b.lastRtp()));
    Bytes.put32(answer, 12, 0x8000_0009);
    Bytes.put32(answer, 20, 80);
    Bytes.put32(answer, 24, Bytes.u32(sent, 10));
    pair.b.receiveRtcp(answer);

    PathReport path = pair.b.leg.path();
    assertThat(path.sentLost()).isEqualTo(9);
    assertThat(path.sentJitterMillis()).isEqualTo(10);
    assertThat(path.roundTripMillis()).isEqualTo(60);
    byte[] told = pair.a.lastRtcp();
    assertThat(RtcpView.type(told, 0)).isEqualTo(RtcpView.RR);
    assertThat(RtcpView.count(told, 0)).isEqualTo(1);
    assertThat(Bytes.u32(told, 8)).isEqualTo(A_SSRC);
    assertThat(Bytes.u32(told, 12)).as("nothing was lost before us").isZero();
    assertThat(Bytes.u32(told, 16)).as("its own number").isEqualTo(number - 1);
    assertThat(Bytes.u32(told, 24)).as("its own report").isEqualTo(0x33440000);
  }

  @Test
  void aSourceThatNeverReportsIsReportedByUs() {
    join(AudioCodec.OPUS, AudioCodec.PCMU);
    for (int i = 0; i < 8 * SECOND; i++) {
      speak(false);
      pair.b.leg.onTick(pair.now);
    }
    assertThat(pair.b.rtcp).isNotEmpty();
    assertThat(pair.b.rtcp).allMatch(report -> RtcpView.type(report, 0) == RtcpView.SR);
  }
}
