package org.drawbridge.unruly;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Session descriptions drawn by lot: such as phones send, such as few do, and broken ones. */
final class RandomSdp {

  private enum Form {
    PLAIN,
    SDES,
    OPTIONAL_SDES,
    DTLS,
    VIDEO,
    HELD,
    HELD_THE_OLD_WAY,
    REJECTED,
    TWO_LINES,
    UNKNOWN_CODEC,
    FAX,
    IPV6,
    BROKEN
  }

  private static final List<Form> PLAIN_ONES = List.of(Form.PLAIN, Form.PLAIN, Form.PLAIN);
  private static final List<String> DIRECTIONS = List.of("sendonly", "recvonly", "inactive");

  private final Lots lots;
  private final String address;
  private final int port;

  private RandomSdp(Lots lots, String address, int port) {
    this.lots = lots;
    this.address = address;
    this.port = port;
  }

  /** One that asks for RTP at a port of an address. */
  static String draw(Lots lots, String address, int port) {
    RandomSdp sdp = new RandomSdp(lots, address, port);
    List<Form> forms = lots.happens(0.25) ? PLAIN_ONES : List.of(Form.values());
    return sdp.of(lots.oneOf(forms)).replace("\n", "\r\n");
  }

  private String of(Form form) {
    return switch (form) {
      case PLAIN -> head() + audio("RTP/AVP", "");
      case SDES -> head() + audio("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + key() + "\n");
      case OPTIONAL_SDES ->
          head() + audio("RTP/AVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_32 " + key() + "|2^31|1:1\n");
      case DTLS -> head() + "a=group:BUNDLE 0\n" + audio("UDP/TLS/RTP/SAVPF", ice());
      case VIDEO -> head() + audio("RTP/AVP", "") + video();
      case HELD -> head() + audio("RTP/AVP", "a=" + lots.oneOf(DIRECTIONS) + "\n");
      case HELD_THE_OLD_WAY -> of(Form.PLAIN).replace("c=IN IP4 " + address, "c=IN IP4 0.0.0.0");
      case REJECTED -> of(Form.PLAIN).replace("m=audio " + port, "m=audio 0");
      case TWO_LINES -> of(Form.PLAIN) + audio("RTP/AVP", "");
      case UNKNOWN_CODEC -> head() + "m=audio " + port + " RTP/AVP 97\na=rtpmap:97 ODD/16000\n";
      case FAX -> head() + "m=image " + port + " udptl t38\n";
      case IPV6 -> of(Form.PLAIN).replace("IP4 " + address, "IP6 ::1");
      case BROKEN -> broken(of(Form.PLAIN));
    };
  }

  private String head() {
    return """
    v=0
    o=- %d %d IN IP4 %s
    s=-
    c=IN IP4 %s
    t=0 0
    """
        .formatted(lots.between(0, 1 << 30), lots.between(0, 1 << 15), address, address);
  }

  private String audio(String profile, String more) {
    return """
    m=audio %d %s 8 0 101
    a=rtpmap:8 PCMA/8000
    a=rtpmap:0 PCMU/8000
    a=rtpmap:101 telephone-event/8000
    a=fmtp:101 0-15
    %s"""
        .formatted(port, profile, more);
  }

  private String video() {
    return "m=video " + (port + 2) + " RTP/AVP 96\na=rtpmap:96 H264/90000\n";
  }

  private String key() {
    return "inline:" + Base64.getEncoder().encodeToString(lots.bytes(30));
  }

  private String ice() {
    return """
    a=ice-ufrag:%s
    a=ice-pwd:%s
    a=fingerprint:sha-256 %s
    a=setup:%s
    a=rtcp-mux
    a=mid:0
    a=candidate:1 1 udp 2130706431 %s %d typ host
    """
        .formatted(
            lots.word(6),
            lots.word(24),
            HexFormat.ofDelimiter(":").withUpperCase().formatHex(lots.bytes(32)),
            lots.oneOf(List.of("actpass", "active", "passive")),
            address,
            port);
  }

  private String broken(String sdp) {
    StringBuilder text = new StringBuilder(sdp);
    for (int i = lots.between(1, 8); i > 0; i--) {
      int at = lots.between(0, text.length());
      String other = lots.happens(0.7) ? Character.toString(lots.between(32, 127)) : "";
      text.replace(at, at + 1, other);
    }
    return text.toString();
  }
}
