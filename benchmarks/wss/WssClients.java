import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Many browsers that have registered and do nothing: TLS, WebSocket (RFC 7118), REGISTER with digest, and pings
 * answered. Each is a virtual thread. Prints how many are registered, and "ready" at the end; stays until killed.
 * Arguments: server address, port, clients, clients for each source address, password.
 */
final class WssClients {
  private static final int AT_ONCE = 16;
  private static final int FIRST_SOURCE = 10;
  private static final Pattern PARAMETER = Pattern.compile("(realm|nonce|qop|opaque)=\"?([^\",]+)\"?");

  private static final Semaphore CONNECTING = new Semaphore(AT_ONCE);
  private static final AtomicInteger REGISTERED = new AtomicInteger();
  private static final AtomicInteger LOST = new AtomicInteger();

  private final String user;
  private final String password;
  private SSLSocket socket;
  private DataInputStream in;
  private OutputStream out;

  private WssClients(int number, String password) {
    this.user = "u%05d".formatted(number);
    this.password = password;
  }

  public static void main(String[] arguments) throws Exception {
    InetSocketAddress server = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    int clients = Integer.parseInt(arguments[2]);
    int perSource = Integer.parseInt(arguments[3]);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new TrustAll()}, null);
    for (int i = 0; i < clients; i++) {
      CONNECTING.acquire();
      int number = i;
      Thread.ofVirtual().start(() -> new WssClients(number, arguments[4]).live(tls, server, perSource, number));
    }
    CONNECTING.acquire(AT_ONCE);
    System.out.println("registered " + REGISTERED.get() + " lost " + LOST.get() + "\nready");
    Thread.sleep(Long.MAX_VALUE);
  }

  private void live(SSLContext tls, InetSocketAddress server, int perSource, int number) {
    boolean connecting = true;
    try {
      connect(tls, server, InetAddress.getByName("127.0.10." + (FIRST_SOURCE + number / perSource)));
      register();
      REGISTERED.incrementAndGet();
      connecting = false;
      CONNECTING.release();
      while (true) {
        read();
      }
    } catch (Exception e) {
      if (LOST.incrementAndGet() <= 5) {
        System.out.println(user + ": " + e);
      }
    } finally {
      if (connecting) {
        CONNECTING.release();
      }
    }
  }

  private void connect(SSLContext tls, InetSocketAddress server, InetAddress source) throws Exception {
    socket = (SSLSocket) tls.getSocketFactory().createSocket();
    socket.bind(new InetSocketAddress(source, 0));
    socket.connect(server);
    socket.startHandshake();
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    out.write(("GET / HTTP/1.1\r\nHost: bench.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Origin: https://bench.example\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(answer.substring(0, answer.indexOf("\r\n")));
    }
  }

  private void register() throws Exception {
    write(1, request(1, "").getBytes(StandardCharsets.UTF_8));
    String challenge = message();
    if (!challenge.startsWith("SIP/2.0 401")) {
      throw new IOException(challenge.substring(0, challenge.indexOf("\r\n")));
    }
    write(1, request(2, authorization(challenge)).getBytes(StandardCharsets.UTF_8));
    String answer = message();
    if (!answer.startsWith("SIP/2.0 200")) {
      throw new IOException(answer.substring(0, answer.indexOf("\r\n")));
    }
  }

  private String request(int cseq, String authorization) {
    return "REGISTER sip:bench.example SIP/2.0\r\nVia: SIP/2.0/WSS " + user + ".invalid;branch=z9hG4bK" + user + cseq
        + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + user + "@bench.example>;tag=t" + user
        + "\r\nTo: <sip:" + user + "@bench.example>\r\nCall-ID: call-" + user + "\r\nCSeq: " + cseq
        + " REGISTER\r\nContact: <sip:" + user + "@" + user + ".invalid;transport=ws>;expires=3600\r\n"
        + authorization + "User-Agent: benchmark\r\nContent-Length: 0\r\n\r\n";
  }

  private String authorization(String challenge) throws Exception {
    String realm = "", nonce = "", opaque = "";
    boolean qop = false;
    Matcher parameters = PARAMETER.matcher(challenge);
    while (parameters.find()) {
      switch (parameters.group(1)) {
        case "realm" -> realm = parameters.group(2);
        case "nonce" -> nonce = parameters.group(2);
        case "opaque" -> opaque = parameters.group(2);
        default -> qop = true;
      }
    }
    String first = md5(user + ":" + realm + ":" + password);
    String second = md5("REGISTER:sip:bench.example");
    String response = md5(first + ":" + nonce + (qop ? ":00000001:c:auth:" : ":") + second);
    return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
        + "\", uri=\"sip:bench.example\", algorithm=MD5, response=\"" + response + "\""
        + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"")
        + (qop ? ", qop=auth, cnonce=\"c\", nc=00000001" : "") + "\r\n";
  }

  private static String md5(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  /** The next SIP message; what comes before it is answered as a browser would. */
  private String message() throws IOException {
    String text;
    do {
      text = read();
    } while (!text.startsWith("SIP/2.0"));
    return text;
  }

  /** One frame (RFC 6455 section 5.2). */
  private String read() throws IOException {
    int opcode = in.readUnsignedByte() & 0xf;
    int length = in.readUnsignedByte() & 0x7f;
    byte[] content = new byte[length < 126 ? length : in.readUnsignedShort()];
    in.readFully(content);
    if (opcode == 9) {
      write(10, content);
    } else if (opcode == 8) {
      throw new IOException("closed by the server");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  /** One frame, masked with zeros, which changes nothing. */
  private void write(int opcode, byte[] content) throws IOException {
    int head = content.length < 126 ? 6 : 8;
    byte[] frame = new byte[head + content.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | (content.length < 126 ? content.length : 126));
    if (content.length >= 126) {
      frame[2] = (byte) (content.length >> 8);
      frame[3] = (byte) content.length;
    }
    System.arraycopy(content, 0, frame, head, content.length);
    out.write(frame);
    out.flush();
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
