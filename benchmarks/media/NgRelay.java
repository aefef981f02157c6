import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** rtpengine by its ng protocol: a cookie and a bencoded dictionary a datagram. */
final class NgRelay implements Relay {
  private static final int PORT = 2223;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final DatagramSocket socket = new DatagramSocket();
  private final boolean webRtc;
  private int cookie;

  NgRelay(InetAddress server, boolean webRtc) throws IOException {
    this.webRtc = webRtc;
    socket.connect(server, PORT);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  @Override
  public String connect(int call, String offer, UnaryOperator<String> callee) throws IOException {
    Map<String, Object> common = Map.of("call-id", "call-" + call, "from-tag", "f", "replace", List.of("origin", "session-connection"));
    Map<String, Object> offering = new TreeMap<>(common);
    offering.putAll(Map.of("command", "offer", "sdp", offer, "ICE", "remove", "transport-protocol", "RTP/AVP"));
    offering.put("rtcp-mux", List.of("demux"));
    Map<String, Object> answering = new TreeMap<>(common);
    answering.putAll(Map.of("command", "answer", "to-tag", "t", "sdp", callee.apply(ask(offering))));
    if (webRtc) {
      answering.putAll(Map.of("ICE", "force", "DTLS", "passive", "rtcp-mux", List.of("require")));
    }
    return ask(answering);
  }

  @Override
  public void disconnect(int call) throws IOException {
    tell(Map.of("command", "delete", "call-id", "call-" + call, "from-tag", "f"));
  }

  private String ask(Map<String, Object> command) throws IOException {
    String answer = tell(command);
    int sdp = answer.indexOf("3:sdp");
    if (sdp < 0) {
      throw new IOException("rtpengine refused: " + answer);
    }
    int colon = answer.indexOf(':', sdp + 5);
    return answer.substring(colon + 1, colon + 1 + Integer.parseInt(answer.substring(sdp + 5, colon)));
  }

  private String tell(Map<String, Object> command) throws IOException {
    StringBuilder text = new StringBuilder("load").append(++cookie).append(' ');
    encode(command, text);
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    socket.send(new DatagramPacket(bytes, bytes.length));
    DatagramPacket reply = new DatagramPacket(new byte[65_536], 65_536);
    socket.receive(reply);
    return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.ISO_8859_1);
  }

  private static void encode(Object value, StringBuilder to) {
    switch (value) {
      case String text -> to.append(text.length()).append(':').append(text);
      case List<?> list -> {
        to.append('l');
        list.forEach(each -> encode(each, to));
        to.append('e');
      }
      case Map<?, ?> map -> {
        to.append('d');
        map.forEach(
            (key, each) -> {
              encode(key, to);
              encode(each, to);
            });
        to.append('e');
      }
      default -> throw new IllegalArgumentException(value.toString());
    }
  }
}
