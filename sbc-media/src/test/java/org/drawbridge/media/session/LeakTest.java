package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing that identifies one peer reaches the other: every such word here is unique, and sought.
 */
class LeakTest {

  private static final int ROUNDS = 200;
  private static final List<String> NAMES =
      List.of("cname", "label", "tool", "extmap", "candidate", "ssrc", "msid", "rtcp-xr", "x-own");

  private final Random random = new Random(20_260_101);
  private final List<String> words = new ArrayList<>();

  /** A word that stands for something only this peer would say. */
  private String word() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    String word = HexFormat.of().formatHex(bytes);
    words.add(word);
    return word;
  }

  private String address() {
    String address = "203.0.113." + (1 + random.nextInt(254));
    words.add(address + "\r");
    words.add(address + " ");
    return address;
  }

  private String unknownAttributes() {
    StringBuilder lines = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      boolean known = random.nextBoolean();
      lines.append("a=").append(known ? name : word()).append(':').append(word()).append("\r\n");
    }
    return lines.toString();
  }

  private String session() {
    return "v=0\r\no=%s %d 2 IN IP4 %s\r\ns=%s\r\ni=%s\r\nu=http://%s.example/\r\ne=%s@x.example\r\n"
            .formatted(word(), random.nextInt(9), address(), word(), word(), word(), word())
        + ("p=%s\r\nc=IN IP4 %s\r\nb=X-%s:1\r\nt=0 0\r\nk=prompt:%s\r\n"
            .formatted(word(), address(), word(), word()))
        + unknownAttributes();
  }

  private String description(LegKind kind, String codecs) {
    String audio =
        switch (kind) {
          case RTP, LINK -> "m=audio 4000 RTP/AVP 0 101\r\n";
          case SDES -> "m=audio 4000 RTP/SAVP 0 101\r\na=crypto:" + crypto() + "\r\n";
          case DTLS ->
              "m=audio 4000 UDP/TLS/RTP/SAVP 0 101\r\na=setup:active\r\na=fingerprint:sha-256 "
                  + (hash() + "\r\n");
          case WEBRTC, WEBRTC_SERVER ->
              "m=audio 9 UDP/TLS/RTP/SAVPF 0 101\r\na=rtcp-mux\r\na=setup:active\r\n"
                  + ("a=mid:" + word() + "\r\na=ice-ufrag:" + word() + "\r\n")
                  + ("a=ice-pwd:" + word() + "\r\na=fingerprint:sha-256 " + hash() + "\r\n");
        };
    return session() + audio + "i=" + word() + "\r\n" + codecs + unknownAttributes() + video();
  }

  private String video() {
    return "m=video 9 RTP/AVP 96\r\na=rtpmap:96 " + word() + "/90000\r\na=mid:" + word() + "\r\n";
  }

  private String crypto() {
    byte[] key = new byte[30];
    random.nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key);
    words.add(text);
    return "1 AES_CM_128_HMAC_SHA1_80 inline:" + text;
  }

  private String hash() {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    String text = HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    words.add(text);
    return text;
  }

  @ParameterizedTest
  @EnumSource
  void offersAndAnswersSayNothingOfTheOtherPeer(LegKind from) {
    String codecs = "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\n";
    for (int round = 0; round < ROUNDS; round++) {
      LegKind to = LegKind.values()[round % LegKind.values().length];
      MediaFixture media = new MediaFixture();
      words.clear();
      MediaLeg caller = media.offered("caller", from, description(from, codecs));
      MediaLeg callee = media.leg("callee", to);
      String offer = callee.makeOffer(caller);
      assertThat(offer).doesNotContain(words).contains("telephone-event", "a=ptime:20");
      words.clear();
      accepts(callee.receiveAnswer(description(to, codecs)));
      String answer = answer(caller, callee);
      assertThat(answer).doesNotContain(words).contains("telephone-event", "a=ptime:20");
      assertThat(Origins.sessionId(answer)).isNotEqualTo(Origins.sessionId(offer));
    }
  }
}
