package org.drawbridge.sip.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.header.Authorization;
import gov.nist.javax.sip.parser.AuthorizationParser;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestGrammarTest {

  private static final String GOOD =
      "Digest username=\"bob\", realm=\"example.com\", nonce=\"a,b==\", uri=\"sip:example.com\","
          + " response=\"0123456789abcdef0123456789abcdef\", algorithm=MD5, cnonce=\"c;=d\","
          + " qop=auth, nc=00000001, opaque=\"\"";

  private static HeaderValue<List<DigestCredentials>> read(String value) {
    Headers headers =
        SipResponse.builder(200, "OK").header(HeaderName.AUTHORIZATION, value).build().headers();
    return HeaderGrammar.credentials(headers, HeaderName.AUTHORIZATION);
  }

  private static DigestCredentials good(String value) {
    return Objects.requireNonNull(read(value).orNull(), value).getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "digest username = \"bob\" ,realm=\"example.com\",nonce=\"a,b==\",uri=\"sip:example.com\","
            + "response=\"0123456789abcdef0123456789abcdef\",ALGORITHM=MD5,cnonce=\"c;=d\","
            + "qop=\"auth\",nc=00000001,opaque=\"\"",
        "Digest opaque=\"\", nc=00000001, qop=auth, cnonce=\"c;=d\", algorithm=\"MD5\","
            + " response=\"0123456789abcdef0123456789abcdef\", uri=\"sip:example.com\","
            + " nonce=\"a,b==\", realm=\"example.com\", username=\"bob\"",
        "Digest ,username=\"bob\",, realm=\"example.com\", nonce=\"a,b==\","
            + " uri=\"sip:example.com\", response=\"0123456789abcdef0123456789abcdef\","
            + " algorithm=MD5, cnonce=\"c;=d\", qop=auth, nc=00000001, opaque=\"\", ext=x,"
      })
  void orderCaseSpacesAndQuotesMakeNoDifference(String value) {
    assertThat(good(value)).isEqualTo(good(GOOD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", username=\"bob\"",
        ", USERNAME=\"eve\"",
        ", x",
        ", x=",
        ", =x",
        ", x=\"",
        " x=y",
        ", x y=z"
      })
  void whatIsAmbiguousOrUnfinishedIsInvalid(String more) {
    assertThat(read(GOOD + more).isInvalid()).isTrue();
  }

  @Test
  void moreParametersThanAnybodyNeedsAreInvalid() {
    StringBuilder many = new StringBuilder(GOOD);
    for (int i = 0; i < 40; i++) {
      many.append(", x").append(i).append("=y");
    }
    assertThat(read(many.toString()).isInvalid()).isTrue();
  }

  /** What both can read they read alike, in values that were damaged at random too. */
  @Test
  void readsWhatJainSipReads() {
    Random random = new Random(7);
    int both = 0;
    for (int round = 0; round < 20_000; round++) {
      String value = damaged(GOOD, random);
      List<DigestCredentials> ours = read(value).orNull();
      Authorization theirs = jain(value);
      if (ours != null && theirs != null) {
        both++;
        DigestCredentials read = ours.getFirst();
        assertThat(read.username()).describedAs(value).isEqualTo(theirs.getParameter("username"));
        assertThat(read.realm()).describedAs(value).isEqualTo(theirs.getParameter("realm"));
        assertThat(read.nonce()).describedAs(value).isEqualTo(theirs.getParameter("nonce"));
        assertThat(read.response()).describedAs(value).isEqualTo(theirs.getParameter("response"));
        assertThat(read.nc()).describedAs(value).isEqualTo(theirs.getParameter("nc"));
      }
    }
    assertThat(both).isGreaterThan(2_000);
  }

  private static String damaged(String value, Random random) {
    StringBuilder out = new StringBuilder(value);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = "Digest ".length() + random.nextInt(out.length() - "Digest ".length());
      switch (random.nextInt(3)) {
        case 0 -> out.deleteCharAt(at);
        case 1 -> out.insert(at, "\",= ax;".charAt(random.nextInt(7)));
        default -> out.setCharAt(at, "\",= ax;".charAt(random.nextInt(7)));
      }
    }
    return out.toString();
  }

  private static @Nullable Authorization jain(String value) {
    try {
      return (Authorization) new AuthorizationParser("Authorization: " + value + "\n").parse();
    } catch (ParseException | RuntimeException e) {
      return null;
    }
  }
}
