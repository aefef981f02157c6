package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.Tone;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer hears what is played to it, at the pace of its codec. */
@ParameterizedClass(name = "{0}")
@EnumSource(MediaSockets.class)
class PlayTest {

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private final CountDownLatch ended = new CountDownLatch(1);

  private Playback tone(int millis) {
    Tone tone = Tone.parse("425/" + millis);
    if (tone == null) {
      throw new AssertionError();
    }
    return new Playback(AudioCodec.PCMA, 8, 20, 8000, tone.cycle(8000).play(1), ended::countDown);
  }

  @Test
  void aPhoneHearsItAsOneStreamOf20MsPackets() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket()) {
      RelayTransport transport = fixture.openRtp(new Events());
      fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, null));
      fixture.settle(transport);
      long begun = System.nanoTime();
      fixture.plane.play(transport, tone(200));

      List<byte[]> heard = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        heard.add(phone.await(Packets::isRtp));
      }
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(System.nanoTime() - begun).isGreaterThan(175_000_000L);
      for (int i = 1; i < 10; i++) {
        byte[] before = heard.get(i - 1);
        byte[] packet = heard.get(i);
        assertThat(Packets.payloadType(packet)).isEqualTo(8);
        assertThat(Packets.payload(packet)).hasSize(160);
        assertThat(Packets.ssrc(packet)).isEqualTo(Packets.ssrc(before));
        assertThat(Packets.seq(packet)).isEqualTo(Packets.seq(before) + 1);
        assertThat(Packets.timestamp(packet)).isEqualTo(Packets.timestamp(before) + 160);
      }
    }
  }

  @Test
  void nothingOfItIsLostWhileABrowserConnects() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestBrowser browser = new TestBrowser()) {
      RelayTransport transport = fixture.openWebRtc(new Events());
      fixture.apply(transport, browser.describe(DtlsRole.CLIENT));
      fixture.plane.play(transport, tone(100));
      browser.connect(transport.local(), Role.SERVER, fixture.plane.dtlsFingerprint());

      for (int i = 0; i < 5; i++) {
        browser.awaitRtpSending(_ -> {});
      }
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void itEndsWhenItIsStoppedAndTellsNobody() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket()) {
      RelayTransport transport = fixture.openRtp(new Events());
      fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, null));
      fixture.plane.play(transport, tone(60_000));
      phone.await(Packets::isRtp);

      fixture.plane.quiet(transport);
      fixture.settle(transport);
      assertThat(ended.getCount()).isEqualTo(1);
    }
  }

  @Test
  void whoIsTalkedToHearsItInsteadUntilItIsStopped() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket talker = new TestSocket();
        TestSocket listener = new TestSocket()) {
      RelayTransport from = fixture.openRtp(new Events());
      RelayTransport to = fixture.openRtp(new Events());
      fixture.plane.join(from, to, PayloadMap.identity(), PayloadMap.identity());
      fixture.apply(from, PlaneFixture.rtpAt(talker.address(), null, null));
      fixture.apply(to, PlaneFixture.rtpAt(listener.address(), null, null));
      fixture.settle(to);
      talker.send(Packets.rtp(0, 7, 1, 160, 1), from.local().rtp());
      int ssrc = Packets.ssrc(listener.await(Packets::isRtp));

      fixture.plane.play(to, tone(60_000));
      byte[] music = listener.await(Packets::isRtp);
      talker.send(Packets.rtp(0, 7, 2, 320, 2), from.local().rtp());
      for (int i = 0; i < 5; i++) {
        byte[] next = listener.await(Packets::isRtp);
        assertThat(Packets.payloadType(next)).isEqualTo(8);
        assertThat(Packets.ssrc(next)).isEqualTo(ssrc);
        assertThat(Packets.seq(next)).isEqualTo(Packets.seq(music) + 1);
        music = next;
      }
    }
  }
}
