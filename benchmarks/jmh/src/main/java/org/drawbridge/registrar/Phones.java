package org.drawbridge.registrar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.drawbridge.routing.user.UserAccount;

/** Phones that register with a digest, and the accounts they have. */
final class Phones {

  static final String DOMAIN = "bench.example";
  private static final String PASSWORD = "secret";

  private final List<UserAccount> accounts = new ArrayList<>();

  Phones(int count) {
    for (int i = 0; i < count; i++) {
      String name = "u" + (100_000 + i);
      String ha1 = md5(name + ':' + DOMAIN + ':' + PASSWORD);
      accounts.add(new UserAccount(name, DOMAIN, ha1, null, null, null, Set.of()));
    }
  }

  List<UserAccount> accounts() {
    return accounts;
  }

  /** The first REGISTER of a phone, whose number makes its Call-ID. */
  byte[] register(int phone, long number) {
    return register(phone, number, 1, "");
  }

  /** The REGISTER that answers a challenge. */
  byte[] answer(int phone, long number, byte[] challenge) {
    String text = new String(challenge, StandardCharsets.US_ASCII);
    int from = text.indexOf("nonce=\"") + 7;
    String nonce = text.substring(from, text.indexOf('"', from));
    UserAccount account = accounts.get(phone);
    String ha2 = md5("REGISTER:sip:" + DOMAIN);
    String response = md5(account.ha1Md5() + ':' + nonce + ":00000001:deadbeef:auth:" + ha2);
    String credentials =
        "Authorization: Digest username=\"%s\",realm=\"%s\",cnonce=\"deadbeef\",nc=00000001,qop=auth,"
            + "uri=\"sip:%s\",nonce=\"%s\",response=\"%s\",algorithm=MD5\r\n";
    return register(
        phone, number, 2, credentials.formatted(account.name(), DOMAIN, DOMAIN, nonce, response));
  }

  private byte[] register(int phone, long number, int cseq, String credentials) {
    String name = accounts.get(phone).name();
    String text =
        ("REGISTER sip:" + DOMAIN + " SIP/2.0\r\n")
            + ("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-" + number + '-' + cseq + "\r\n")
            + "Max-Forwards: 70\r\n"
            + ("From: <sip:" + name + '@' + DOMAIN + ">;tag=r" + number + "\r\n")
            + ("To: <sip:" + name + '@' + DOMAIN + ">\r\n")
            + ("Call-ID: " + number + "-7@192.0.2.1\r\n")
            + ("CSeq: " + cseq + " REGISTER\r\n")
            + ("Contact: <sip:" + name + "@192.0.2.1:5060;transport=UDP>\r\n")
            + "User-Agent: benchmark\r\n"
            + "Expires: 3600\r\n"
            + credentials
            + "Content-Length: 0\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
