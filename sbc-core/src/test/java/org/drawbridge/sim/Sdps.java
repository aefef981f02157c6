package org.drawbridge.sim;

/** Session descriptions as phones and browsers write them. */
public final class Sdps {

  private static final String BROWSER_TRANSPORT =
      """
      a=ice-ufrag:peer
      a=ice-pwd:a-peers-password-of-24-let
      a=fingerprint:sha-256 %s
      a=setup:%s
      a=mid:0
      a=rtcp-mux
      """;

  private Sdps() {}

  /** A phone at an address, with G.711. */
  public static String phone(String host, int port) {
    return phone(host, port, 1, "sendrecv");
  }

  /** A phone in a later version and with a direction. */
  public static String phone(String host, int port, int version, String direction) {
    return crlf(
        """
        v=0
        o=- 4711 %d IN IP4 %s
        s=-
        c=IN IP4 %s
        t=0 0
        m=audio %d RTP/AVP 0 8 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=%s
        """
            .formatted(version, host, host, port, direction));
  }

  /** A phone that only has a codec nobody else has. */
  public static String oddCodec(String host, int port) {
    return crlf(
        """
        v=0
        o=- 1 1 IN IP4 %s
        s=-
        c=IN IP4 %s
        t=0 0
        m=audio %d RTP/AVP 97
        a=rtpmap:97 SPEEX/16000
        """
            .formatted(host, host, port));
  }

  /** A browser's offer. */
  public static String browserOffer(String host) {
    return browser(host, "actpass");
  }

  /** A browser's answer. */
  public static String browserAnswer(String host) {
    return browser(host, "active");
  }

  private static String browser(String host, String setup) {
    String head =
        """
        v=0
        o=mozilla 7777 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        m=audio 50000 UDP/TLS/RTP/SAVPF 111 0 8 110
        c=IN IP4 %s
        a=rtpmap:111 opus/48000/2
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:110 telephone-event/8000
        a=sendrecv
        """
            .formatted(host);
    return crlf(head + BROWSER_TRANSPORT.formatted("CD:".repeat(31) + "EF", setup));
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }
}
