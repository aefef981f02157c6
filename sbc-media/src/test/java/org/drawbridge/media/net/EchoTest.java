package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.net.Packets.payload;
import static org.drawbridge.media.net.Packets.rtp;

import java.util.Arrays;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.srtp.MasterKey;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer hears itself, under our SSRC, on every kind of transport. */
@ParameterizedClass(name = "{0}")
@EnumSource(MediaSockets.class)
class EchoTest {

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private static final int SSRC = 0xABCD;

  @Test
  void aPhoneHearsItself() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket()) {
      RelayTransport transport = fixture.openRtp(new Events());
      fixture.plane.loopBack(transport);
      fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, null));
      fixture.settle(transport);
      byte[] first = echo(phone, transport, rtp(8, SSRC, 10, 100, 1));
      byte[] second = echo(phone, transport, rtp(101, SSRC, 11, 260, 2));
      assertThat(Packets.ssrc(first)).isNotEqualTo(SSRC).isEqualTo(Packets.ssrc(second));
      assertThat(Packets.payloadType(second)).isEqualTo(101);
      assertThat(Packets.seq(second)).isEqualTo(Packets.seq(first) + 1);
      assertThat(Packets.timestamp(second)).isEqualTo(Packets.timestamp(first) + 160);
    }
  }

  private static byte[] echo(TestSocket phone, RelayTransport transport, byte[] packet)
      throws InterruptedException {
    phone.send(packet, transport.local().rtp());
    byte[] heard = phone.await(Packets::isRtp);
    assertThat(payload(heard)).isEqualTo(payload(packet));
    return heard;
  }

  @Test
  void aBrowserHearsItself() throws Exception {
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestBrowser browser = new TestBrowser()) {
      RelayTransport transport = fixture.openWebRtc(new Events());
      fixture.plane.loopBack(transport);
      fixture.apply(transport, browser.describe(DtlsRole.CLIENT));
      browser.connect(transport.local(), Role.SERVER, fixture.plane.dtlsFingerprint());
      byte[] heard = browser.awaitRtpSending(i -> browser.sendRtp(rtp(111, SSRC, 10 + i, 100, 1)));
      assertThat(payload(heard)).isEqualTo(payload(rtp(111, SSRC, 10, 100, 1)));
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aPhoneWithSdesHearsItself(SrtpProfile profile) throws Exception {
    SrtpKeys keys = SrtpFixture.keys(profile, 1);
    SrtpSender sender = new SrtpSender(keys);
    SrtpReceiver receiver = new SrtpReceiver(keys);
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket()) {
      RelayTransport transport = fixture.openRtp(new Events());
      fixture.plane.loopBack(transport);
      SdesKeys sdes = new SdesKeys(profile.name(), keys.remote(), keys.local());
      fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, sdes));
      fixture.settle(transport);
      byte[] packet = rtp(0, SSRC, 10, 100, 1);
      byte[] buf = Arrays.copyOf(packet, packet.length + SrtpSender.MAX_OVERHEAD);
      sender.protectRtp(buf, 0, packet.length);
      phone.send(Arrays.copyOf(buf, sender.length()), transport.local().rtp());
      byte[] heard = phone.await(Packets::isRtp);
      assertThat(receiver.unprotectRtp(heard, 0, heard.length)).isEqualTo(SrtpResult.OK);
      assertThat(Arrays.copyOfRange(heard, 12, receiver.length())).isEqualTo(payload(packet));
    }
  }

  /** The longest packet with the longest MKI: there is room for it all the way. */
  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aPhoneWithAnMkiHearsItself(SrtpProfile profile) throws Exception {
    byte[] mki = new byte[MasterKey.MAX_MKI];
    byte[] other = mki.clone();
    other[0] = 1;
    SrtpKeys ours = SrtpFixture.withMkis(profile, mki, other);
    SrtpKeys theirs = SrtpFixture.otherSide(ours);
    SrtpReceiver receiver = new SrtpReceiver(theirs);
    try (PlaneFixture fixture = new PlaneFixture(sockets);
        TestSocket phone = new TestSocket()) {
      RelayTransport transport = fixture.openRtp(new Events());
      fixture.plane.loopBack(transport);
      SdesKeys sdes = new SdesKeys(profile.name(), ours.ours(), ours.theirs());
      fixture.apply(transport, PlaneFixture.rtpAt(phone.address(), null, sdes));
      fixture.settle(transport);
      SrtpSender sender = new SrtpSender(theirs);
      byte[] packet = Arrays.copyOf(rtp(0, SSRC, 10, 100, 1), 1_400);
      byte[] buf = Arrays.copyOf(packet, packet.length + SrtpSender.MAX_OVERHEAD);
      assertThat(sender.protectRtp(buf, 0, packet.length)).isEqualTo(SrtpResult.OK);
      phone.send(Arrays.copyOf(buf, sender.length()), transport.local().rtp());
      byte[] heard = phone.await(Packets::isRtp);
      assertThat(receiver.unprotectRtp(heard, 0, heard.length)).isEqualTo(SrtpResult.OK);
      assertThat(Arrays.copyOfRange(heard, 12, receiver.length())).isEqualTo(payload(packet));
    }
  }
}
