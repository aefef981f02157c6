package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.net.PlaneFixture.Events;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that we check, over real sockets: each is the other's. */
@ParameterizedClass
@EnumSource(MediaSockets.class)
class CheckedPathTest {

  private static final int SSRC = 0xF1;

  @Parameter MediaSockets sockets = MediaSockets.NIO;

  private final TestSocket phone = new TestSocket();
  private final TestSocket other = new TestSocket();
  private final Events heard = new Events();
  private PlaneFixture fixture;
  private RelayTransport near;
  private RelayTransport phoneLeg;

  @BeforeEach
  void open() throws Exception {
    fixture = new PlaneFixture(sockets);
    near = opened(new Events());
    phoneLeg = fixture.openRtp(new Events());
    fixture.plane.join(near, phoneLeg, PayloadMap.identity(), PayloadMap.identity());
    fixture.apply(phoneLeg, PlaneFixture.rtpAt(phone.address(), null, null));
  }

  private RelayTransport opened(Events events) throws Exception {
    RelayTransport transport =
        fixture.plane.openChecked(PlaneFixture.AFFINITY, TestSocket.LOOPBACK, events);
    fixture.settle(transport);
    return transport;
  }

  @AfterEach
  void closeAll() {
    phone.close();
    other.close();
    fixture.close();
  }

  private RemoteMedia described(LocalMedia of, boolean lite, boolean answer, DtlsRole ours) {
    List<InetSocketAddress> where = of.candidates();
    IceTargets targets = new IceTargets(lite, answer, where);
    return new RemoteMedia(
        null,
        null,
        true,
        of.ice(),
        fixture.plane.dtlsFingerprint(),
        ours,
        null,
        true,
        true,
        null,
        targets);
  }

  @Test
  void twoFullAgentsTalk() throws Exception {
    RelayTransport far = opened(heard);
    RelayTransport farPhone = fixture.openRtp(new Events());
    fixture.plane.join(far, farPhone, PayloadMap.identity(), PayloadMap.identity());
    fixture.apply(farPhone, PlaneFixture.rtpAt(other.address(), null, null));
    fixture.apply(near, described(far.local(), false, true, DtlsRole.SERVER));
    fixture.apply(far, described(near.local(), false, false, DtlsRole.CLIENT));
    assertThat(speak()).isEqualTo("started");
  }

  /** It sends nothing until it is checked, as a FreeSWITCH with {@code ice_lite} does. */
  @Test
  void aLiteServerIsReached() throws Exception {
    RelayTransport far = fixture.openWebRtc(heard);
    RelayTransport farPhone = fixture.openRtp(new Events());
    fixture.plane.join(far, farPhone, PayloadMap.identity(), PayloadMap.identity());
    fixture.apply(farPhone, PlaneFixture.rtpAt(other.address(), null, null));
    fixture.apply(near, described(far.local(), true, true, DtlsRole.SERVER));
    RemoteMedia unchecked = described(near.local(), false, false, DtlsRole.CLIENT);
    fixture.apply(
        far,
        new RemoteMedia(
            null,
            null,
            true,
            unchecked.ice(),
            unchecked.fingerprint(),
            DtlsRole.CLIENT,
            null,
            true,
            true,
            null));
    assertThat(speak()).isEqualTo("started");
  }

  /** The phone speaks until the far end has heard it. */
  private String speak() throws Exception {
    for (int i = 0; i < 500; i++) {
      phone.send(Packets.rtp(0, SSRC, 100 + i, 160 * i, 7), phoneLeg.local().rtp());
      String event = heard.within(20);
      if (event != null) {
        return event;
      }
    }
    return "nothing";
  }
}
