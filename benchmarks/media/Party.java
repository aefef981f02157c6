import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.drawbridge.media.libc.SendQueue;
import org.drawbridge.media.libc.SocketAddress;
import org.drawbridge.media.libc.UdpSocket;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;

/** One end of a call with plain RTP: sends numbered packets of G.711, and checks each that comes from the other end. */
class Party {
  private static final int PAYLOAD = 160;
  private static final int LENGTH = RtpView.HEADER + PAYLOAD;
  private static final int NUMBERS = 24;
  private static final int BUFFER_BYTES = 65_536;
  private static final byte[] NOISE = new byte[512];

  static {
    new java.util.Random(1).nextBytes(NOISE);
  }

  private final int call;
  private final boolean caller;
  private final UdpSocket socket;
  private final InetSocketAddress own;
  private SocketAddress relay;
  private long said;
  private long heard = -1;
  private int heardSeq;
  private int heardSsrc;

  Party(int call, boolean caller, InetAddress address) throws IOException {
    this.call = call;
    this.caller = caller;
    socket = UdpSocket.bind(address, 0, BUFFER_BYTES, 0);
    own = new InetSocketAddress(address, socket.port());
  }

  final UdpSocket socket() {
    return socket;
  }

  final InetSocketAddress own() {
    return own;
  }

  /** The description of this end, as offer and as answer. */
  String offer() {
    String host = own.getAddress().getHostAddress();
    return "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host + "\r\nt=0 0\r\nm=audio " + own.getPort()
        + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n";
  }

  /** Takes the description of the relay's end. */
  void remote(Sdp sdp) {
    try {
      relay = SocketAddress.of(sdp.address());
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Does what must come before media. */
  void establish(Traffic traffic) throws Exception {}

  /** Shows the relay that this end still wants media (RFC 7675). */
  void checkPath(SendQueue out) {}

  final void send(byte[] packet, int length, SendQueue out) {
    out.add(socket, packet, 0, length, relay);
  }

  /** Says the next packet. */
  final void talk(byte[] packet, SendQueue out, Tally tally) {
    long number = said++;
    packet[0] = (byte) 0x80;
    packet[1] = 0;
    RtpView.setSeq(packet, 0, (int) (number + 100));
    RtpView.setTimestamp(packet, 0, (int) number * PAYLOAD);
    RtpView.setSsrc(packet, 0, 2 * call + (caller ? 1 : 0) + 1_000_000);
    int at = RtpView.HEADER;
    putLong(packet, at, number);
    putLong(packet, at + 8, Arrivals.now());
    Bytes.put32(packet, at + 16, call);
    Bytes.put32(packet, at + 20, caller ? 1 : 0);
    System.arraycopy(NOISE, noiseAt(number), packet, at + NUMBERS, PAYLOAD - NUMBERS);
    tally.sent();
    send(packet, protect(packet, LENGTH), out);
  }

  private static int noiseAt(long number) {
    return (int) (number & 0xFF);
  }

  /** Returns the length as it goes out. */
  int protect(byte[] packet, int length) {
    return length;
  }

  /** Returns the plain length, or -1 when the packet is not authentic. */
  int unprotect(byte[] packet, int length) {
    return length;
  }

  void hear(byte[] packet, int length, long now, Tally tally, SendQueue out) {
    if (!RtcpView.isRtcp(packet, 0, length)) {
      onRtp(packet, unprotect(packet, length), now, tally);
    }
  }

  private void onRtp(byte[] packet, int length, long now, Tally tally) {
    int at = RtpView.HEADER;
    if (length != LENGTH
        || !RtpView.isRtp(packet, 0, length)
        || RtpView.payloadType(packet, 0) != 0
        || Bytes.u32(packet, at + 16) != call
        || Bytes.u32(packet, at + 20) != (caller ? 0 : 1)) {
      tally.wrong();
      return;
    }
    long number = getLong(packet, at);
    int from = noiseAt(number);
    int seq = RtpView.seq(packet, 0);
    int ssrc = RtpView.ssrc(packet, 0);
    boolean follows = heard < 0 || ssrc == heardSsrc && (short) (seq - heardSeq) == (short) (number - heard);
    if (!follows || !Arrays.equals(NOISE, from, from + PAYLOAD - NUMBERS, packet, at + NUMBERS, at + PAYLOAD)) {
      tally.wrong();
      return;
    }
    tally.received(now, now - getLong(packet, at + 8));
    if (number <= heard) {
      tally.disordered();
      return;
    }
    heard = number;
    heardSeq = seq;
    heardSsrc = ssrc;
  }

  private static void putLong(byte[] packet, int at, long value) {
    Bytes.put32(packet, at, (int) (value >>> 32));
    Bytes.put32(packet, at + 4, (int) value);
  }

  private static long getLong(byte[] packet, int at) {
    return (long) Bytes.u32(packet, at) << 32 | Bytes.u32(packet, at + 4) & 0xFFFF_FFFFL;
  }
}
