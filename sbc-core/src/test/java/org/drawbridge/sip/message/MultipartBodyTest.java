package org.drawbridge.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.drawbridge.sip.message.MultipartBody.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartBodyTest {

  private static final String MIXED = "multipart/mixed;boundary=b";
  private static final String SDP = "Content-Type: application/sdp\r\n\r\nv=0\r\n";

  private static SipMessage message(String type, String body) {
    return SipRequest.builder(Method.INVITE, SipUri.of("bob", "example.com", -1))
        .header(HeaderName.VIA, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1")
        .header(HeaderName.FROM, "<sip:a@example.com>;tag=1")
        .header(HeaderName.TO, "<sip:b@example.com>")
        .header(HeaderName.CALL_ID, "1")
        .header(HeaderName.CSEQ, "1 INVITE")
        .body(type, body.getBytes(UTF_8))
        .build();
  }

  private static MultipartBody read(String type, String body) throws SipSyntaxException {
    return new MultipartReader(message(type, body)).read();
  }

  private static List<String> types(String type, String body) throws SipSyntaxException {
    return read(type, body).parts().stream().map(Part::type).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/mixed;boundary=b                  | b",
        "Multipart/MIXED ; x=y ; Boundary = \"b c:d\" | b c:d",
        "multipart/related;type=\"a/b\";boundary=-b-  | -b-"
      })
  void partsStandBetweenTheBoundaryThatTheTypeNames(String type, String boundary)
      throws SipSyntaxException {
    String text = "--" + boundary + "\r\n" + SDP + "\r\n--" + boundary + "--\r\n";
    assertThat(read(type, text).first("application/sdp")).isEqualTo("v=0\r\n");
  }

  @Test
  void whatStandsBeforeAndBehindIsNoPart() throws SipSyntaxException {
    String text =
        "before\r\n--b \t\r\n" + SDP + "\r\n--b\r\n\r\nplain\r\n--b--\r\nbehind\r\n--b\r\n\r\nno";
    assertThat(types(MIXED, text)).containsExactly("application/sdp", "text/plain");
    assertThat(read(MIXED, text).first("text/plain")).isEqualTo("plain");
  }

  @Test
  void aLongerBoundaryAndOneWithinALineIsContent() throws SipSyntaxException {
    String text = "--b\r\n\r\n--bc\r\nx --b\r\n--b--";
    assertThat(read(MIXED, text).first("text/plain")).isEqualTo("--bc\r\nx --b");
  }

  @Test
  void aPartMayBeEmptyOrHaveNoHeaders() throws SipSyntaxException {
    assertThat(read(MIXED, "--b\r\n\r\n--b--").first("text/plain")).isEmpty();
    assertThat(read(MIXED, "--b\r\n\r\n\r\n--b--").first("text/plain")).isEmpty();
    assertThat(read(MIXED, "--b--").parts()).isEmpty();
  }

  @Test
  void multipartsWithinAreTakenApartToo() throws SipSyntaxException {
    String inner =
        "Content-Type: multipart/alternative;\r\n boundary=i\r\n\r\n"
            + "--i\r\n\r\nwords\r\n--i\r\n"
            + SDP
            + "\r\n--i--";
    MultipartBody body = read(MIXED, "--b\r\n" + inner + "\r\n--b\r\nA: b\r\n\r\nlast\r\n--b--");
    assertThat(body.parts().stream().map(Part::type))
        .containsExactly("text/plain", "application/sdp", "text/plain");
    assertThat(body.parts().stream().map(Part::isRequired)).containsExactly(false, false, true);
    assertThat(body.first("application/sdp")).isEqualTo("v=0\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "signal;handling=optional, false",
    "signal; Handling = OPTIONAL, false",
    "signal;handling=required, true",
    "signal, true"
  })
  void aPartIsRequiredUnlessItSaysOtherwise(String disposition, boolean required)
      throws SipSyntaxException {
    String text = "--b\r\ncontent-disposition: " + disposition + "\r\n\r\nx\r\n--b--";
    assertThat(read(MIXED, text).parts().getFirst().isRequired()).isEqualTo(required);
  }

  @Test
  void encodedContentIsNotTakenForWhatItStandsFor() throws SipSyntaxException {
    String text = "--b\r\nContent-Transfer-Encoding: base64\r\n" + SDP + "\r\n--b--";
    assertThat(read(MIXED, text).parts().getFirst().isEncoded()).isTrue();
    assertThat(read(MIXED, text).first("application/sdp")).isNull();
    String plain = text.replace("base64", "8Bit");
    assertThat(read(MIXED, plain).first("application/sdp")).isEqualTo("v=0\r\n");
  }

  @Test
  void otherContentTakesThePlaceOfAllPartsOfAType() throws SipSyntaxException {
    String text = "x\r\n--b\r\n" + SDP + "\r\n--b\r\n\r\nä\r\n--b\r\n" + SDP + "\r\n--b--y";
    byte[] other = read(MIXED, text).with("application/sdp", "v=1".getBytes(UTF_8));
    assertThat(new String(other, UTF_8)).isEqualTo(text.replace("v=0\r\n", "v=1"));
  }

  @Test
  void aPartCanBeTakenOutAsItStands() throws SipSyntaxException {
    MultipartBody body = read(MIXED, "--b\r\nA: b\r\n\r\nx\r\n--b--");
    assertThat(new String(body.whole(body.parts().getFirst()), UTF_8)).isEqualTo("A: b\r\n\r\nx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/mixed",
        "multipart/mixed;boundary",
        "multipart/mixed;;",
        "multipart/mixed;boundary=\"\""
      })
  void withoutABoundaryThereAreNoParts(String type) {
    assertThatThrownBy(() -> read(type, "--b--")).isInstanceOf(SipSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "--b",
        "--b\r\n",
        "--b\r\n\r\nx",
        "--b\r\nA: b\r\n--b--",
        "--b\r\n\r\nx--b--"
      })
  void whatDoesNotEndIsNotGuessed(String text) {
    assertThatThrownBy(() -> read(MIXED, text.isEmpty() ? " " : text))
        .isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void tooManyPartsAndTooDeepOnesAreRefused() {
    assertThatThrownBy(() -> read(MIXED, "--b\r\n\r\nx\r\n".repeat(17) + "--b--"))
        .hasMessageContaining("more than 16");
    String deep = "Content-Type: multipart/mixed;boundary=%s\r\n\r\n--%s\r\n";
    String text =
        "--b\r\n"
            + deep.replace("%s", "c")
            + deep.replace("%s", "d")
            + deep.replace("%s", "e")
            + "\r\nx\r\n--e--\r\n--d--\r\n--c--\r\n--b--";
    assertThatThrownBy(() -> read(MIXED, text)).hasMessageContaining("too deep");
    assertThat(message(MIXED, text).parts())
        .isEqualTo(new BodyParts.Unreadable("parts are nested too deep", true));
    assertThat(message(MIXED, "x").parts())
        .isEqualTo(new BodyParts.Unreadable("the parts do not end", false));
  }

  @Test
  void aMessageIsTakenApartOnce() {
    SipMessage message = message(MIXED, "--b\r\n" + SDP + "\r\n--b--");
    assertThat(message.parts()).isInstanceOf(BodyParts.Several.class).isSameAs(message.parts());
    assertThat(message("a/b", "x").parts()).isEqualTo(new BodyParts.Single());
    assertThat(message(MIXED, "").parts()).isEqualTo(new BodyParts.Single());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signal;handling=optional            | true",
        "Signal ; Handling = OPTIONAL ; x=y  | true",
        "signal;handling=required            | false",
        "signal;x=\"handling=optional\"      | false",
        "signal;handling=optionally          | false",
        "signal;;handling=optional           | false",
        "handling=optional                   | false"
      })
  void aBodyAndAPartAreOptionalIfTheySaySo(String disposition, boolean optional)
      throws SipSyntaxException {
    String part = "--b\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--b--";
    assertThat(read(MIXED, part).parts().getFirst().isRequired()).isEqualTo(!optional);
    SipMessage message =
        message(MIXED, part).edit().header(HeaderName.CONTENT_DISPOSITION, disposition).build();
    assertThat(message.isBodyOptional()).isEqualTo(optional);
  }

  @Test
  void anyBytesGivePartsWithinTheBodyOrASyntaxError() {
    Random random = new Random(5);
    String seed =
        "--b\r\n"
            + SDP
            + "\r\n--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c"
            + "\r\n\r\nx\r\n--c--\r\n--b\r\n\r\ny\r\n--b--\r\n";
    int read = 0;
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder(seed);
      for (int i = random.nextInt(4); i >= 0 && text.length() > 1; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "\r\n-bc".charAt(random.nextInt(5)));
          default -> text.setLength(Math.max(1, at));
        }
      }
      try {
        MultipartBody body = read(MIXED, text.toString());
        int last = 0;
        for (Part part : body.parts()) {
          assertThat(last).isLessThanOrEqualTo(part.head());
          assertThat(part.head()).isLessThanOrEqualTo(part.from());
          assertThat(part.from()).isLessThanOrEqualTo(part.to());
          last = part.to();
        }
        assertThat(last).isLessThanOrEqualTo(text.length());
        read++;
      } catch (SipSyntaxException expected) {
        assertThat(expected.offset()).isBetween(0, text.length());
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }
}
