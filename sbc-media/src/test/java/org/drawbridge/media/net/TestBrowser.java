package org.drawbridge.media.net;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.dtls.DtlsHandshakes;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.relay.PacketKind;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/** The other party of a WebRTC transport: a full, controlling ICE agent, DTLS and SRTP. */
final class TestBrowser extends TestSocket {

  private static final long DEADLINE_MILLIS = 30_000;

  private final SecureRandom random = new SecureRandom();
  private final DtlsCertificate certificate;
  private final CompletableFuture<DtlsResult> handshake = new CompletableFuture<>();
  private final DatagramPipe pipe = new DatagramPipe(this::sendToGateway);
  private final IceCredentials ice;
  private volatile InetSocketAddress gateway = address();
  private @Nullable Srtp srtp;

  TestBrowser(IceCredentials ice) {
    this(ice, DtlsCertificate.generate(new SecureRandom(), Instant.now()));
  }

  private TestBrowser(IceCredentials ice, DtlsCertificate certificate) {
    this.ice = ice;
    this.certificate = certificate;
  }

  /** The same browser after it has given up its transport: only its certificate is as before. */
  TestBrowser anew() {
    return new TestBrowser(new IceCredentials("anew", "browser-password-anew-22"), certificate);
  }

  TestBrowser() {
    this(new IceCredentials("brow", "browser-password-of-22"));
  }

  /** What its description says, for a gateway in the given role. */
  RemoteMedia describe(DtlsRole gatewayRole) {
    return describe(gatewayRole, certificate.fingerprint());
  }

  RemoteMedia describe(DtlsRole gatewayRole, Fingerprint fingerprint) {
    return new RemoteMedia(null, null, true, ice, fingerprint, gatewayRole, null, true, true, null);
  }

  private void sendToGateway(byte[] datagram) {
    send(datagram, gateway);
  }

  /** Sends a nominating check and returns the response's type. */
  int check(LocalMedia local) throws InterruptedException {
    return check(local, ice.ufrag());
  }

  int check(LocalMedia local, String ownUfrag) throws InterruptedException {
    return check(local, ownUfrag, Objects.requireNonNull(local.ice()).password());
  }

  /** As one who may have learned names, but not the password, from what passed in the clear. */
  int check(LocalMedia local, String ownUfrag, String password) throws InterruptedException {
    gateway = local.candidates().getFirst();
    IceCredentials theirs = Objects.requireNonNull(local.ice());
    byte[] transaction = new byte[12];
    random.nextBytes(transaction);
    StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, transaction);
    writer
        .attribute(Stun.USERNAME, (theirs.ufrag() + ":" + ownUfrag).getBytes())
        .attribute(Stun.PRIORITY, new byte[4])
        .attribute(Stun.ICE_CONTROLLING, new byte[8])
        .attribute(Stun.USE_CANDIDATE, new byte[0])
        .integrity(new MessageIntegrity(password))
        .fingerprint();
    sendToGateway(Arrays.copyOf(writer.buffer(), writer.length()));
    StunView view = new StunView();
    byte[] response = await(d -> answers(transaction, d));
    view.wrap(response, 0, response.length);
    return view.type();
  }

  private static boolean answers(byte[] transaction, byte[] datagram) {
    return PacketKind.of(datagram[0]) == PacketKind.STUN
        && Arrays.equals(transaction, 0, 12, datagram, 8, 20);
  }

  /** Checks the path, then starts the handshake. */
  void startHandshake(LocalMedia local, DtlsHandshakes.Role role, Fingerprint expected)
      throws InterruptedException {
    consume(
        datagram -> {
          if (PacketKind.of(datagram[0]) == PacketKind.DTLS) {
            pipe.offer(datagram, 0, datagram.length);
          } else {
            queue(datagram);
          }
        });
    check(local);
    new DtlsHandshakes(certificate, (int) DEADLINE_MILLIS, 1, new MediaCounters())
        .start(role, expected, pipe, handshake::complete);
  }

  /** Connects wholly: check, handshake, keys. */
  void connect(LocalMedia local, DtlsHandshakes.Role role, Fingerprint fingerprint)
      throws Exception {
    startHandshake(local, role, fingerprint);
    DtlsResult result = handshake.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    if (!(result instanceof DtlsResult.Established established)) {
      throw new AssertionError(result);
    }
    srtp = new Srtp(new SrtpSender(established.keys()), new SrtpReceiver(established.keys()));
  }

  private record Srtp(SrtpSender sender, SrtpReceiver receiver) {}

  private Srtp srtp() {
    return Objects.requireNonNull(srtp, "connect first");
  }

  void sendRtp(byte[] plain) {
    SrtpSender sender = srtp().sender();
    byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
    sender.protectRtp(buf, 0, plain.length);
    sendToGateway(Arrays.copyOf(buf, sender.length()));
  }

  void sendRtcp(byte[] plain) {
    SrtpSender sender = srtp().sender();
    byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
    sender.protectRtcp(buf, 0, plain.length);
    sendToGateway(Arrays.copyOf(buf, sender.length()));
  }

  /**
   * Sends RTP until its payload arrives at the far end: the browser may finish its handshake before
   * the gateway has the keys. One of an earlier call of this may still be on its way.
   */
  byte[] carry(byte[] packet, TestSocket to) throws InterruptedException {
    int first = Packets.seq(packet);
    byte content = Packets.payload(packet)[0];
    return to.awaitSending(
        i -> {
          byte[] next = packet.clone();
          Bytes.put16(next, 2, first + i);
          sendRtp(next);
        },
        found -> Packets.isRtp(found) && Packets.payload(found)[0] == content);
  }

  byte[] awaitRtp() throws InterruptedException {
    return unprotect(await(media(Packets::isRtp)));
  }

  /** The next RTCP that begins with a packet of this type. */
  byte[] awaitRtcp(int type) throws InterruptedException {
    return unprotect(await(media(d -> Packets.isRtcp(d) && RtcpView.type(d, 0) == type)));
  }

  /** Sends RTP until some comes back. */
  byte[] awaitRtpSending(IntConsumer attempt) throws InterruptedException {
    return unprotect(awaitSending(attempt, media(Packets::isRtp)));
  }

  private static Predicate<byte[]> media(Predicate<byte[]> kind) {
    return datagram -> PacketKind.of(datagram[0]) == PacketKind.MEDIA && kind.test(datagram);
  }

  private byte[] unprotect(byte[] datagram) {
    SrtpReceiver receiver = srtp().receiver();
    SrtpResult result =
        Packets.isRtcp(datagram)
            ? receiver.unprotectRtcp(datagram, 0, datagram.length)
            : receiver.unprotectRtp(datagram, 0, datagram.length);
    if (result != SrtpResult.OK) {
      throw new AssertionError(result);
    }
    return Arrays.copyOf(datagram, receiver.length());
  }

  /** SSRC the gateway sends with, from a packet. */
  static int senderOf(byte[] rtcp) {
    return Bytes.u32(rtcp, 4);
  }

  @Override
  public void close() {
    pipe.close();
    super.close();
  }
}
