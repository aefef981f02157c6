package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which stream of a bundle a packet belongs to. */
class StreamDemuxTest {

  private static final int MID = 4;

  private final LegPair pair = new LegPair(true);
  private final RelayLeg sound = pair.a.leg;
  private final RelayLeg picture = pair.b.leg;
  private final StreamDemux demux = new StreamDemux();

  {
    demux.put(sound, new StreamShape("0", MID, List.of(77), Set.of(111), Set.of()));
    demux.put(picture, new StreamShape("1", MID, List.of(), Set.of(96, 97), Set.of()));
  }

  private @Nullable RelayLeg find(byte[] packet) {
    return demux.find(packet, 0, RtpView.headerLength(packet, 0, packet.length));
  }

  private static byte[] packet(int type, int ssrc) {
    return Packets.rtp(type, ssrc, 1, 1, 1);
  }

  private static byte[] withMid(byte[] packet, char mid) {
    byte[] marked = new byte[packet.length + 8];
    System.arraycopy(packet, 0, marked, 0, RtpView.HEADER);
    System.arraycopy(packet, RtpView.HEADER, marked, RtpView.HEADER + 8, 160);
    marked[0] |= 0x10;
    Bytes.put32(marked, 12, 0xBEDE0001);
    marked[16] = MID << 4;
    marked[17] = (byte) mid;
    return marked;
  }

  @Test
  void payloadTypesTellWhatNothingElseDoes() {
    assertThat(find(packet(111, 1))).isSameAs(sound);
    assertThat(find(packet(96, 2))).isSameAs(picture);
    assertThat(find(packet(97, 3))).isSameAs(picture);
    assertThat(find(packet(0, 4))).isNull();
  }

  @Test
  void theMidOutranksThePayloadTypeAndIsRemembered() {
    assertThat(find(withMid(packet(111, 5), '1'))).isSameAs(picture);
    assertThat(find(packet(111, 5))).isSameAs(picture);
  }

  @Test
  void sourcesOfTheDescriptionAreKnownAtOnce() {
    assertThat(find(packet(96, 77))).isSameAs(sound);
  }

  @Test
  void aNewDescriptionForgetsWhatWasLearned() {
    find(withMid(packet(111, 5), '1'));
    demux.put(picture, new StreamShape("1", MID, List.of(), Set.of(96), Set.of()));
    assertThat(find(packet(111, 5))).isSameAs(sound);
    assertThat(find(packet(97, 6))).isNull();
    demux.remove(picture);
    assertThat(find(packet(96, 7))).isNull();
  }

  @Test
  void aFloodOfSourcesIsStillToldApart() {
    for (int ssrc = 1000; ssrc < 3000; ssrc++) {
      assertThat(find(packet(ssrc % 2 == 0 ? 111 : 96, ssrc)))
          .isSameAs(ssrc % 2 == 0 ? sound : picture);
    }
    assertThat(Arrays.asList(find(packet(96, 1001)), find(packet(96, 2999)))).containsOnly(picture);
  }
}
