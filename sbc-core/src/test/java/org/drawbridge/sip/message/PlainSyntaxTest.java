package org.drawbridge.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSyntaxTest {
  private static final List<String> ADDRESSES =
      List.of(
          "<sip:1001@sbc.example.com>;tag=7g3fq0s1ta",
          "\"Alice Müller, Sales\" <sip:1001@sbc.example.com:5061;transport=tls;ob>;tag=x",
          "Alice Example <sips:example.com;lr>",
          "<sip:u5n1tqro@7q8g2fh0c5hs.invalid;transport=ws>;+sip.ice;reg-id=1;"
              + "+sip.instance=\"<urn:uuid:3c8a6b2e>\";expires=600",
          "<sip:bob@[2001:db8::1]:5060;maddr=192.0.2.1>",
          "<sip:user;par=u%40example.net:pw@h;x=%7e>");
  private static final List<String> VIAS =
      List.of(
          "SIP/2.0/WSS 7q8g2fh0c5hs.invalid;branch=z9hG4bK1718371",
          "SIP/2.0/UDP 192.0.2.1:5070;rport;branch=z9hG4bKabc;received=192.0.2.9",
          "sip/2.0/tcp [2001:db8::9:255];alias;BRANCH=Z9HG4BKabc;ttl=1",
          "SIP/2.0/TLS Host.Example.COM;x=\"y;branch=no\";branch=z9hG4bK_");
  private static final String ODD = ";,\"<>@:=%[]?*\\ \t\r\n\0/;=az\u00e9";

  private static String mutant(List<String> values, Random random) {
    StringBuilder text = new StringBuilder(values.get(random.nextInt(values.size())));
    for (int n = random.nextInt(3); n >= 0 && !text.isEmpty(); n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
        default -> text.insert(at, text.substring(at, Math.min(at + 9, text.length())));
      }
    }
    return text.toString().strip();
  }

  private static boolean plainAddress(String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8);
    return PlainSyntax.isAddress(bytes, 2, bytes.length - 2);
  }

  private static boolean plainVia(String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8);
    return PlainSyntax.isVia(bytes, 2, bytes.length - 2);
  }

  @Test
  void whatClientsSendIsPlain() {
    assertThat(ADDRESSES.subList(0, 5)).allMatch(PlainSyntaxTest::plainAddress);
    assertThat(VIAS.subList(0, 3)).allMatch(PlainSyntaxTest::plainVia);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsPlainParses(long seed) {
    Random random = new Random(seed);
    int plain = 0;
    for (int i = 0; i < 40_000; i++) {
      String address = mutant(ADDRESSES, random);
      if (plainAddress(address)) {
        plain++;
        assertThatCode(() -> NameAddr.parse(address)).as(address).doesNotThrowAnyException();
      }
      String via = mutant(VIAS, random);
      if (plainVia(via)) {
        plain++;
        assertThatCode(() -> Via.parse(via)).as(via).doesNotThrowAnyException();
      }
    }
    assertThat(plain).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void slicesOfAViaSayWhatItsParserSays(long seed) throws SipSyntaxException {
    Random random = new Random(seed);
    int compared = 0;
    for (int i = 0; i < 40_000; i++) {
      String text = mutant(VIAS, random);
      byte[] bytes = ("xx" + text).getBytes(UTF_8);
      ViaSlices slices = ViaSlices.of(bytes, 2, bytes.length);
      if (slices != null) {
        compared++;
        Via via = Via.parse(text);
        assertThat(branch(slices)).as(text).isEqualTo(via.branch());
        assertThat(host(slices) + ":" + slices.port()).as(text).isEqualTo(via.sentBy());
        assertThat(slices.hasCookie()).as(text).isEqualTo(via.hasCookie());
      }
    }
    assertThat(compared).isGreaterThan(5_000);
  }

  private static String branch(ViaSlices slices) {
    byte[] bytes = new byte[slices.branchLength()];
    slices.copyBranch(bytes, 0);
    return new String(bytes, UTF_8);
  }

  private static String host(ViaSlices slices) {
    byte[] bytes = new byte[slices.hostLength()];
    slices.copyHost(bytes, 0);
    return new String(bytes, UTF_8);
  }

  @Test
  void aParameterGivenTwiceIsNotPlain() {
    assertThat(plainVia("SIP/2.0/UDP h;branch=z9hG4bKa;BRANCH=z9hG4bKb")).isFalse();
    assertThat(plainAddress("<sip:h>;tag=a;tag=b")).isFalse();
    assertThat(plainAddress("<sip:h;lr;LR>")).isFalse();
  }
}
