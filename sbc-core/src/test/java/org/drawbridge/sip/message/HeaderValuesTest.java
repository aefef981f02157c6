package org.drawbridge.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Via, name-addr, CSeq, parameters and header names one by one. */
class HeaderValuesTest {
  @Test
  void viaIsReadAndWritten() throws SipSyntaxException {
    Via via =
        Via.parse(
            "SIP / 2.0 / wss [2001:DB8::1] : 8443 ;branch=z9hG4bKx ; rport; received=192.0.2.9");
    assertThat(via.transport()).isEqualTo("wss");
    assertThat(via.sentBy()).isEqualTo("[2001:db8::1]:8443");
    assertThat(via.hasRport()).isTrue();
    assertThat(via.rport()).isEqualTo(-1);
    assertThat(via.withReceived("192.0.2.7", 4242))
        .hasToString(
            "SIP/2.0/wss [2001:DB8::1]:8443;branch=z9hG4bKx;rport=4242;received=192.0.2.7");
    assertThat(Via.parse("SIP/2.0/TLS h").sentBy()).isEqualTo("h:5061");
    assertThat(Via.parse("SIP/2.0/UDP h").withReceived("::1", 7).withBranch("b"))
        .hasToString("SIP/2.0/UDP h;received=::1;branch=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SIP/2.0",
        "SIP/2.0/UDP",
        "SIP/3.0/UDP h",
        "SIP/2.0/ h",
        "SIP/2.0/UDP h:x",
        "SIP/2.0/UDP h;",
        "SIP/2.0/UDP h x",
        "HTTP/2.0/UDP h;branch=a;branch=b",
        "SIP/2.0/UDP h;branch=a;BRANCH=b"
      })
  void badViasAreRefused(String text) {
    assertThatThrownBy(() -> Via.parse(text)).isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void addressesComeInTwoForms() throws SipSyntaxException {
    NameAddr quoted = NameAddr.parse("\"A, \\\"B\\\" <x>\" <sip:a@h;p=1?q=2>;tag=t;y=\"z;,\"");
    assertThat(quoted.displayName()).isEqualTo("A, \"B\" <x>");
    assertThat(quoted.uri()).hasToString("sip:a@h;p=1?q=2");
    assertThat(quoted.param("y")).isEqualTo("z;,");
    assertThat(NameAddr.parse(quoted.toString())).isEqualTo(quoted);
    NameAddr bare = NameAddr.parse("sip:a@h;tag=t");
    assertThat(bare.tag()).isEqualTo("t");
    assertThat(bare.uri()).hasToString("sip:a@h");
    assertThat(bare.withoutTag().withTag("u")).hasToString("<sip:a@h>;tag=u");
    assertThat(NameAddr.parse("Jörg M.<sip:a@h>").displayName()).isEqualTo("Jörg M.");
    assertThat(NameAddr.parse("sip:a@h;x=\"<sip:b@c>\"").uri()).hasToString("sip:a@h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<sip:a@h",
        "\"x <sip:a@h>",
        "\"x\" sip:a@h",
        "a, b <sip:a@h>",
        "sip:a@h?x=y",
        "sip:a@h,sip:b@h",
        "<sip:a@h> junk",
        "<sip:a@h>;",
        "< sip:a@h >",
        "sip:a;tag=x@h",
        "<>",
        "\"\\"
      })
  void badAddressesAreRefused(String text) {
    assertThatThrownBy(() -> NameAddr.parse(text)).isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void cseqHasANumberBelow2To31AndAMethod() throws SipSyntaxException {
    assertThat(CSeq.parse("0009 \t INVITE")).isEqualTo(CSeq.of(9, Method.INVITE));
    assertThat(CSeq.parse("2147483647 Foo"))
        .isEqualTo(new CSeq(2_147_483_647L, Method.EXTENSION, "Foo"));
    for (String bad :
        new String[] {
          "2147483648 A", "1", "A", "1INVITE", "1 A B", "-1 A", "", "99999999999999999999 A"
        }) {
      assertThatThrownBy(() -> CSeq.parse(bad)).isInstanceOf(SipSyntaxException.class);
    }
  }

  @Test
  void paramsKeepOrderAndQuotes() throws SipSyntaxException {
    Params params = Params.parse(";a=1; B ; c = \"q\\\"r\"", 0);
    assertThat(params)
        .hasToString(";a=1;B;c=\"q\\\"r\"")
        .hasSameHashCodeAs(Params.parse(params.toString(), 0));
    assertThat(params.get("C")).isEqualTo("q\"r");
    assertThat(params.raw("c")).isEqualTo("\"q\\\"r\"");
    assertThat(params.has("b")).isTrue();
    assertThat(params.get("b")).isNull();
    assertThat(params.with("A", "2").without("c").withQuoted("d", "e\"f"))
        .hasToString(";A=2;B;d=\"e\\\"f\"");
    assertThat(Params.EMPTY.with("x", null).without("X")).isEqualTo(Params.EMPTY);
    assertThatIllegalArgumentException().isThrownBy(() -> params.with("x", "a;b=c"));
    assertThatIllegalArgumentException().isThrownBy(() -> params.with("x=y", null));
    assertThatThrownBy(() -> Params.parse(";p".repeat(70), 0))
        .isInstanceOf(SipSyntaxException.class);
  }

  @ParameterizedTest
  @EnumSource(HeaderName.class)
  void headerNamesAreFoundInAnyCaseAndCompactForm(HeaderName name) {
    assertThat(HeaderName.of(name.canonical())).isEqualTo(name);
    assertThat(HeaderName.of(name.canonical().toUpperCase(Locale.ROOT))).isEqualTo(name);
    assertThat(HeaderName.of(name.canonical() + "x")).isNull();
    if (name.compact() != 0) {
      assertThat(HeaderName.of(String.valueOf(name.compact()))).isEqualTo(name);
      assertThat(HeaderName.of(String.valueOf(name.compact()).toUpperCase(Locale.ROOT)))
          .isEqualTo(name);
    }
  }

  @Test
  void unknownHeaderNamesAreNotKnown() {
    assertThat(HeaderName.of("")).isNull();
    assertThat(HeaderName.of("z")).isNull();
    assertThat(HeaderName.of("Call\rID")).isNull();
    assertThat(HeaderName.of("X-Via")).isNull();
  }
}
