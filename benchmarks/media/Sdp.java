import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a party needs of a description (RFC 8866) with one audio section. */
record Sdp(String text) {

  InetSocketAddress address() throws UnknownHostException {
    String host = find("(?m)^c=IN IP4 (\\S+)");
    return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(find("(?m)^m=audio (\\d+)")));
  }

  /** The value of an attribute that must be there. */
  String attribute(String name) {
    return find("(?m)^a=" + name + ":(.*)$");
  }

  private String find(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in\n" + text);
    }
    return matcher.group(1);
  }
}
