package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpSender;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/** A WebRTC peer whose network, handshakes and clock are the test's. */
abstract class WebRtcPeerFixture {

  private static final IceCredentials LOCAL =
      new IceCredentials("ours", "our-password-of-22-chars");
  private static final IceCredentials REMOTE = new IceCredentials("peer", "not-needed-by-lite-ice");
  static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AA:BB");
  static final long SECOND = 1_000_000_000L;
  private static final byte[] HELLO = {22, 1, 2, 3};
  static final InetSocketAddress BROWSER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
  static final InetSocketAddress FORGER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);

  final List<byte[]> sent = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<Started> handshakes = new ArrayList<>();
  final SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 1);
  final WebRtcPeer peer = newPeer();
  @Nullable IceCredentials remote = REMOTE;
  long now = 100 * SECOND;

  record Started(Role role, Fingerprint expected, Consumer<DtlsResult> done) {}

  private WebRtcPeer newPeer() {
    Wire wire = (buf, off, len, to) -> sent.add(Arrays.copyOfRange(buf, off, off + len));
    DtlsStarter starter =
        (Role role, Fingerprint expected, DatagramPipe pipe, Consumer<DtlsResult> done) ->
            handshakes.add(new Started(role, expected, done));
    RelayListener listener = new RecordedEvents(events);
    RelayShared shared =
        new RelayShared(
            Runnable::run, new TestPacer(), new Random(1), 0, 600 * SECOND, new MediaCounters());
    WebRtcPeer made = new WebRtcPeer("test", wire, LOCAL, starter, listener, shared);
    RelayEnd.join(made, made, PayloadMap.identity(), PayloadMap.identity());
    return made;
  }

  void describe(DtlsRole role, @Nullable Fingerprint fingerprint) {
    describe(role, fingerprint, null);
  }

  void describe(DtlsRole role, @Nullable Fingerprint fingerprint, @Nullable String tlsId) {
    peer.apply(
        new RemoteMedia(null, null, true, remote, fingerprint, role, null, true, true, tlsId), now);
  }

  boolean check() {
    StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
    writer
        .attribute(Stun.USERNAME, "ours:peer".getBytes(StandardCharsets.US_ASCII))
        .attribute(Stun.USE_CANDIDATE, new byte[0])
        .integrity(new MessageIntegrity(LOCAL.password()))
        .fingerprint();
    StunView view = new StunView();
    assertThat(view.wrap(writer.buffer(), 0, writer.length())).isTrue();
    return peer.onStun(view, BROWSER, now, new StunWriter());
  }

  void hello(InetSocketAddress from) {
    peer.onDtls(HELLO, 0, HELLO.length, from, now);
  }

  void establish() {
    handshakes.getLast().done().accept(new DtlsResult.Established(SrtpFixture.otherSide(keys)));
  }

  void media(SrtpSender sender, int seq, InetSocketAddress from) {
    byte[] plain = Packets.rtp(111, 77, seq, 960 * seq, 1);
    byte[] buf = Arrays.copyOf(plain, plain.length + 64);
    sender.protectRtp(buf, 0, plain.length);
    peer.onMedia(buf, 0, sender.length(), from, now);
  }
}
