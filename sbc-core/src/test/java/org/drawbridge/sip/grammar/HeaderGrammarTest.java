package org.drawbridge.sip.grammar;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.grammar.SessionExpires.Refresher;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderGrammarTest {
  private static final String CREDENTIALS =
      "Digest username=\"al\\\"ice\", realm=\"example.com\", nonce=\"n,1==\","
          + " uri=\"sip:Example.com;Transport=UDP\", response=\"66\", algorithm=MD5, qop=auth,"
          + " nc=0000000a, cnonce=\"xy\", opaque=\"\"";

  private static <T> T present(HeaderValue<T> value) {
    return requireNonNull(value.orNull(), value::toString);
  }

  private static Headers headers(HeaderName name, String... values) {
    var builder = SipResponse.builder(200, "OK");
    for (String value : values) {
      builder.header(name, value);
    }
    return builder.build().headers();
  }

  /** As it comes over the wire, where a value may go on in the next line. */
  private static Headers folded(HeaderName name, String value) {
    String text =
        "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\n"
            + "To: <sip:a@b>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n"
            + name.canonical()
            + ": "
            + value
            + "\r\n\r\n";
    byte[] wire = text.getBytes(StandardCharsets.UTF_8);
    return ((ParseResult.Parsed) SipParser.parseOwn(wire, ParseLimits.DEFAULT)).message().headers();
  }

  @Test
  void credentialsKeepTheTextsTheHashIsMadeOf() {
    Headers headers = headers(HeaderName.AUTHORIZATION, "Bearer abc==", CREDENTIALS);
    DigestCredentials read =
        present(HeaderGrammar.credentials(headers, HeaderName.AUTHORIZATION)).getFirst();
    assertThat(read.username()).isEqualTo("al\"ice");
    assertThat(read.uri()).isEqualTo("sip:Example.com;Transport=UDP");
    assertThat(read.nonce()).isEqualTo("n,1==");
    assertThat(read.nonceCount()).isEqualTo(10);
    assertThat(read.opaque()).isEmpty();
    assertThat(read.toString()).doesNotContain("66").doesNotContain("n,1");
    Headers again = headers(HeaderName.AUTHORIZATION, read.toHeader());
    assertThat(HeaderGrammar.credentials(again, HeaderName.AUTHORIZATION).orNull())
        .containsExactly(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digest username=\"a\", realm=\"r",
        "Digest username=\"a\"",
        "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response="
      })
  void unfinishedCredentialsAreInvalid(String value) {
    Headers headers = headers(HeaderName.PROXY_AUTHORIZATION, value);
    assertThat(HeaderGrammar.credentials(headers, HeaderName.PROXY_AUTHORIZATION).isInvalid())
        .isTrue();
  }

  @Test
  void challengesComeInTheirOrder() {
    DigestChallenge sha =
        new DigestChallenge("r d", "n", "SHA-256", List.of("auth", "auth-int"), "o", true);
    DigestChallenge md5 = new DigestChallenge("r d", "n2", null, List.of(), null, false);
    Headers headers = headers(HeaderName.WWW_AUTHENTICATE, sha.toHeader(), md5.toHeader());
    assertThat(HeaderGrammar.challenges(headers, HeaderName.WWW_AUTHENTICATE).orNull())
        .containsExactly(sha, md5);
  }

  @Test
  void absentIsNotInvalid() {
    Headers none = headers(HeaderName.SUBJECT, "x");
    assertThat(HeaderGrammar.sessionExpires(none)).isInstanceOf(HeaderValue.Absent.class);
    assertThat(HeaderGrammar.credentials(none, HeaderName.AUTHORIZATION))
        .isInstanceOf(HeaderValue.Absent.class);
    assertThat(HeaderGrammar.referTo(none)).isInstanceOf(HeaderValue.Absent.class);
    assertThat(HeaderGrammar.allow(none)).isEmpty();
  }

  @Test
  void sessionTimerHeaders() {
    Headers full = headers(HeaderName.SESSION_EXPIRES, "90 ; Refresher = UAS;x=y");
    assertThat(HeaderGrammar.sessionExpires(full).orNull())
        .isEqualTo(new SessionExpires(90, Refresher.UAS));
    Headers bad = headers(HeaderName.SESSION_EXPIRES, "soon");
    assertThat(HeaderGrammar.sessionExpires(bad))
        .isEqualTo(new HeaderValue.Invalid<>("Bad Session-Expires"));
    assertThat(HeaderGrammar.minSe(headers(HeaderName.MIN_SE, "120;a=b")).orNull()).isEqualTo(120);
    assertThat(new SessionExpires(90, Refresher.UAC)).hasToString("90;refresher=uac");
    assertThat(new SessionExpires(90, null)).hasToString("90");
  }

  @Test
  void transferAndDialogHeaders() {
    Replaces replaces = new Replaces("1@h", "t", "f", true);
    assertThat(HeaderGrammar.replaces(headers(HeaderName.REPLACES, replaces.toString())).orNull())
        .isEqualTo(replaces);
    assertThat(HeaderGrammar.replaces(headers(HeaderName.REPLACES, "1@h;to-tag=t")).isInvalid())
        .isTrue();
    Headers refer =
        headers(HeaderName.REFER_TO, "<sip:carol@example.com?Replaces=1%40h%3Bto-tag%3Dt>;x=1");
    assertThat(present(HeaderGrammar.referTo(refer)).param("x")).isEqualTo("1");
    assertThat(
            HeaderGrammar.referTo(headers(HeaderName.REFER_TO, "<sip:a@b>, <sip:c@d>")).isInvalid())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "98732@sip.example.com\r\n ;from-tag=r33th4x0r\r\n ;to-tag=ff87ff",
        "98732@sip.example.com ;to-tag = ff87ff; From-Tag=r33th4x0r;x",
        "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff\t"
      })
  void blanksAroundTheTagsAreNotPartOfADialog(String value) {
    assertThat(HeaderGrammar.replaces(folded(HeaderName.REPLACES, value)).orNull())
        .isEqualTo(new Replaces("98732@sip.example.com", "ff87ff", "r33th4x0r", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MTIz==@h", "a&b=$c@h", "{1}/2@[2001:db8::1]"})
  void whateverACallIdOrTagMayBeElsewhereItMayBeInReplaces(String callId) {
    Replaces replaces = new Replaces(callId, "t/1==", "[f]:2", true);
    assertThat(HeaderGrammar.replaces(replaces.toString()).orNull()).isEqualTo(replaces);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";to-tag=t;from-tag=f",
        "1 @h;to-tag=t;from-tag=f",
        "1@h;to-tag=t;to-tag=u;from-tag=f",
        "1@h;to-tag;from-tag=f",
        "1@h;to-tag=t;from-tag=f;",
        "1@h;to-tag=t;from-tag=\"f\r\nX: y\"",
        "1@h\r\nX: y;to-tag=t;from-tag=f",
        "1@h;to-tag=t;from-tag=f, 2@h;to-tag=t;from-tag=f"
      })
  void whatNamesNoDialogIsInvalid(String value) {
    assertThat(HeaderGrammar.replaces(value).isInvalid()).isTrue();
  }

  @Test
  void anEventMayNameADialogAsPhonesDo() {
    Headers dialog = headers(HeaderName.EVENT, "dialog ; call-id=a@b;to-tag=1;include-x; ID = 5");
    assertThat(HeaderGrammar.event(dialog).orNull()).isEqualTo(new EventPackage("dialog", "5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";id=1", "a b", "dialog;id", "dialog;id=\"1 2\"", "dialog, presence"})
  void whatNamesNoEventIsInvalid(String value) {
    assertThat(HeaderGrammar.event(headers(HeaderName.EVENT, value)).isInvalid()).isTrue();
  }

  @Test
  void aSubscriptionMayBeTriedAgainAtOnceAndLastLong() {
    Headers again = headers(HeaderName.SUBSCRIPTION_STATE, "terminated;reason=x;retry-after=0");
    assertThat(HeaderGrammar.subscriptionState(again).orNull())
        .isEqualTo(new SubscriptionState("terminated", -1, "x", 0));
    Headers wide =
        headers(HeaderName.SUBSCRIPTION_STATE, "active ; Expires = 4294967295;x=\"y\";z");
    assertThat(HeaderGrammar.subscriptionState(wide).orNull())
        .isEqualTo(new SubscriptionState("active", Integer.MAX_VALUE, null, -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";expires=5", "a b", "active;expires=x", "active;expires", "active,"})
  void whatIsNoSubscriptionStateIsInvalid(String value) {
    Headers headers = headers(HeaderName.SUBSCRIPTION_STATE, value);
    assertThat(HeaderGrammar.subscriptionState(headers).isInvalid()).isTrue();
  }

  @Test
  void eventsReasonsAndReliability() {
    assertThat(HeaderGrammar.event(headers(HeaderName.EVENT, "presence;id=12")).orNull())
        .isEqualTo(new EventPackage("presence", "12"));
    SubscriptionState gone = new SubscriptionState("terminated", -1, "noresource", 5);
    assertThat(
            HeaderGrammar.subscriptionState(headers(HeaderName.SUBSCRIPTION_STATE, gone.toString()))
                .orNull())
        .isEqualTo(gone);
    Headers reasons =
        headers(HeaderName.REASON, "Q.850;cause=16;text=\"a, b\", SIP", "SIP ;cause=600");
    assertThat(HeaderGrammar.reasons(reasons))
        .containsExactly(
            new Reason("Q.850", 16, "a, b", null),
            new Reason("SIP", -1, null, null),
            new Reason("SIP", 600, null, null));
    assertThat(HeaderGrammar.rseq(headers(HeaderName.RSEQ, "988789")).orNull()).isEqualTo(988789L);
    assertThat(HeaderGrammar.rseq(headers(HeaderName.RSEQ, "12x")).isInvalid()).isTrue();
    assertThat(HeaderGrammar.rack(headers(HeaderName.RACK, "776656 1 INVITE")).orNull())
        .isEqualTo(new RAck(776656, 1, Method.INVITE, "INVITE"));
    assertThat(HeaderGrammar.rack(headers(HeaderName.RACK, "1 1")).isInvalid()).isTrue();
  }

  @Test
  void aReasonThatCannotBeReadLeavesTheOthers() {
    Headers reasons =
        headers(
            HeaderName.REASON,
            ";cause=16, Q.850;cause=31;location=LN;text=\"said \\\"no\\\"\"",
            "SIP;cause=192.0.2.7");
    assertThat(HeaderGrammar.reasons(reasons))
        .containsExactly(
            new Reason("Q.850", 31, "said \"no\"", "LN"), new Reason("SIP", -1, null, null));
  }

  @Test
  void optionTagsAreCaseInsensitiveAndMethodsAreNot() {
    Headers supported = headers(HeaderName.SUPPORTED, "100rel, Timer", "outbound");
    assertThat(HeaderGrammar.optionTags(supported, HeaderName.SUPPORTED))
        .containsExactly("100rel", "timer", "outbound");
    assertThat(HeaderGrammar.allow(headers(HeaderName.ALLOW, "INVITE, ACK,invite")))
        .containsExactly("INVITE", "ACK", "invite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2147483648", "4294967295"})
  void anRseqUsesAll32Bits(String value) {
    assertThat(present(HeaderGrammar.rseq(headers(HeaderName.RSEQ, value))))
        .isEqualTo(Long.parseLong(value));
    RAck rack = present(HeaderGrammar.rack(headers(HeaderName.RACK, value + " \t17  INVITE")));
    assertThat(rack).isEqualTo(new RAck(Long.parseLong(value), 17, Method.INVITE, "INVITE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "4294967296", "-1", "1x", "1 2"})
  void whatIsNoRseqIsInvalid(String value) {
    assertThat(HeaderGrammar.rseq(headers(HeaderName.RSEQ, value)).isInvalid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 2", "1 2 ", "0 2 INVITE", "1 2147483648 INVITE", "1 2 INV ITE", "1 2 <"})
  void whatIsNoRackIsInvalid(String value) {
    assertThat(HeaderGrammar.rack(headers(HeaderName.RACK, value)).isInvalid()).isTrue();
  }

  @Test
  void aSessionIntervalMayBeLongerThanAnIntHolds() {
    Headers headers = headers(HeaderName.SESSION_EXPIRES, "4294967295 ; Refresher=UAS;x");
    assertThat(present(HeaderGrammar.sessionExpires(headers)))
        .isEqualTo(new SessionExpires(Integer.MAX_VALUE, Refresher.UAS));
    assertThat(HeaderGrammar.sessionExpires(headers(HeaderName.SESSION_EXPIRES, "0")).isInvalid())
        .isTrue();
    assertThat(HeaderGrammar.minSe(headers(HeaderName.MIN_SE, "90,")).isInvalid()).isTrue();
  }
}
