import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code floor.c}: the least that a relay does. */
final class FloorRelay implements Relay {
  private static final int PORT = 2224;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final DatagramSocket socket = new DatagramSocket();
  private final String server;
  private final Map<Integer, String> ends = new HashMap<>();

  FloorRelay(InetAddress server) throws IOException {
    this.server = server.getHostAddress();
    socket.connect(server, PORT);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  @Override
  public String connect(int call, String offer, UnaryOperator<String> callee) throws IOException {
    String[] pair = ask("open").split(" ");
    String answer = callee.apply(description(pair[3]));
    ask("join " + pair[0] + " " + place(offer) + " " + pair[2] + " " + place(answer));
    ends.put(call, pair[0] + " " + pair[2]);
    return description(pair[1]);
  }

  @Override
  public void disconnect(int call) throws IOException {
    ask("end " + ends.remove(call));
  }

  private String description(String port) {
    return "v=0\r\no=- 1 1 IN IP4 " + server + "\r\ns=-\r\nc=IN IP4 " + server + "\r\nt=0 0\r\nm=audio " + port + " RTP/AVP 0\r\n";
  }

  private static String place(String description) throws IOException {
    InetSocketAddress address = new Sdp(description).address();
    return address.getAddress().getHostAddress() + " " + address.getPort();
  }

  private String ask(String command) throws IOException {
    byte[] bytes = command.getBytes(StandardCharsets.US_ASCII);
    socket.send(new DatagramPacket(bytes, bytes.length));
    DatagramPacket reply = new DatagramPacket(new byte[256], 256);
    socket.receive(reply);
    return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.US_ASCII);
  }
}
