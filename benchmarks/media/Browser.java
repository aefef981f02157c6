import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.dtls.DatagramPipe;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.dtls.DtlsHandshakes;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.libc.SendQueue;
import org.drawbridge.media.relay.PacketKind;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;

/** One end of a call as a browser has it: ICE, controlling (RFC 8445), DTLS-SRTP (RFC 5764) and RTCP multiplexed. */
final class Browser extends Party {
  private static final long DEADLINE_NANOS = 5_000_000_000L;
  private static final String UFRAG = "load";
  private static final String PASSWORD = "password-of-the-load-22";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM, Instant.now());
  private static final DtlsHandshakes HANDSHAKES = new DtlsHandshakes(CERTIFICATE, 5_000, 64, new MediaCounters());

  private final Queue<byte[]> handshake = new ConcurrentLinkedQueue<>();
  private final DatagramPipe pipe = new DatagramPipe(handshake::add);
  private final CompletableFuture<DtlsResult> keyed = new CompletableFuture<>();
  private final StunView stun = new StunView();
  private final StunWriter writer = new StunWriter();
  private Sdp sdp;
  private boolean up;
  private SrtpSender sender;
  private SrtpReceiver receiver;

  Browser(int call, boolean caller, InetAddress address) throws IOException {
    super(call, caller, address);
  }

  @Override
  String offer() {
    InetSocketAddress own = own();
    String host = own.getAddress().getHostAddress();
    return "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio " + own.getPort()
        + " UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 " + host + "\r\na=mid:0\r\na=rtcp-mux\r\na=ice-ufrag:" + UFRAG
        + "\r\na=ice-pwd:" + PASSWORD + "\r\na=fingerprint:" + CERTIFICATE.fingerprint() + "\r\na=setup:actpass\r\n"
        + "a=candidate:1 1 udp 2130706431 " + host + " " + own.getPort() + " typ host\r\na=end-of-candidates\r\n"
        + "a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n";
  }

  @Override
  void remote(Sdp sdp) {
    super.remote(sdp);
    this.sdp = sdp;
  }

  @Override
  void establish(Traffic traffic) throws Exception {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!up) {
      checkPath(traffic.outgoing());
      traffic.hear(20);
      require(deadline, "ICE");
    }
    DtlsHandshakes.Role role =
        sdp.attribute("setup").equals("active") ? DtlsHandshakes.Role.SERVER : DtlsHandshakes.Role.CLIENT;
    String[] fingerprint = sdp.attribute("fingerprint").split(" ");
    HANDSHAKES.start(role, new Fingerprint(fingerprint[0], fingerprint[1]), pipe, keyed::complete);
    while (!keyed.isDone() || !handshake.isEmpty()) {
      for (byte[] datagram = handshake.poll(); datagram != null; datagram = handshake.poll()) {
        send(datagram, datagram.length, traffic.outgoing());
      }
      traffic.hear(1);
      require(deadline, "DTLS");
    }
    if (!(keyed.get() instanceof DtlsResult.Established established)) {
      throw new IOException(keyed.get().toString());
    }
    sender = new SrtpSender(established.keys());
    receiver = new SrtpReceiver(established.keys());
  }

  private static void require(long deadline, String what) throws IOException {
    if (System.nanoTime() > deadline) {
      throw new IOException(what + " did not come up");
    }
  }

  @Override
  void checkPath(SendQueue out) {
    byte[] transaction = new byte[12];
    RANDOM.nextBytes(transaction);
    String users = sdp.attribute("ice-ufrag") + ":" + UFRAG;
    writer
        .begin(Stun.BINDING_REQUEST, transaction)
        .attribute(Stun.USERNAME, users.getBytes(StandardCharsets.US_ASCII))
        .attribute(Stun.PRIORITY, new byte[] {110, 127, 0, 0})
        .attribute(Stun.ICE_CONTROLLING, new byte[8])
        .attribute(Stun.USE_CANDIDATE, new byte[0])
        .integrity(new MessageIntegrity(sdp.attribute("ice-pwd")))
        .fingerprint();
    send(writer.buffer(), writer.length(), out);
  }

  @Override
  int protect(byte[] packet, int length) {
    return sender.protectRtp(packet, 0, length) == SrtpResult.OK ? sender.length() : length;
  }

  @Override
  int unprotect(byte[] packet, int length) {
    return receiver.unprotectRtp(packet, 0, length) == SrtpResult.OK ? receiver.length() : -1;
  }

  @Override
  void hear(byte[] packet, int length, long now, Tally tally, SendQueue out) {
    switch (PacketKind.of(packet[0])) {
      case STUN -> onStun(packet, length, out);
      case DTLS -> pipe.offer(packet, 0, length);
      case MEDIA -> {
        if (receiver != null) {
          super.hear(packet, length, now, tally, out);
        }
      }
      case OTHER -> tally.wrong();
    }
  }

  private void onStun(byte[] packet, int length, SendQueue out) {
    if (!stun.wrap(packet, 0, length)) {
      return;
    }
    if (stun.type() == Stun.BINDING_SUCCESS) {
      up = true;
    } else if (stun.type() == Stun.BINDING_REQUEST) {
      try {
        writer.respond(stun, Stun.BINDING_SUCCESS).xorMappedAddress(sdp.address());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      writer.integrity(new MessageIntegrity(PASSWORD)).fingerprint();
      send(writer.buffer(), writer.length(), out);
    }
  }
}
