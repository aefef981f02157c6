package org.drawbridge.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
  private static SipUri uri(String text) throws SipSyntaxException {
    return SipUri.parse(text);
  }

  @Test
  void hasParts() throws SipSyntaxException {
    SipUri uri = uri("SIPS:al%69ce:pw@[2001:DB8::1]:5061;transport=tcp;lr?Subject=x&Priority=y");
    assertThat(uri.scheme()).isEqualTo("sips");
    assertThat(uri.isSecure()).isTrue();
    assertThat(uri.user()).isEqualTo("alice");
    assertThat(uri.userEscaped()).isEqualTo("al%69ce");
    assertThat(uri.host()).isEqualTo("[2001:DB8::1]");
    assertThat(uri.bareHost()).isEqualTo("2001:db8::1");
    assertThat(uri.port()).isEqualTo(5061);
    assertThat(uri.transport()).isEqualTo("tcp");
    assertThat(uri.isLooseRouter()).isTrue();
    assertThat(uri.headers()).isEqualTo("Subject=x&Priority=y");
    assertThat(uri.withoutHeaders())
        .hasToString("sips:al%69ce:pw@[2001:DB8::1]:5061;transport=tcp;lr");
  }

  @Test
  void changesLeaveTheRestAsItIs() throws SipSyntaxException {
    SipUri uri = uri("sip:a@h.example;x=1;ob");
    assertThat(uri.withUser("mañana #1")).hasToString("sip:ma%C3%B1ana%20%231@h.example;x=1;ob");
    assertThat(uri.withUser("mañana #1").user()).isEqualTo("mañana #1");
    assertThat(uri.withUser(null)).hasToString("sip:h.example;x=1;ob");
    assertThat(uri.withParam("X", "2")).hasToString("sip:a@h.example;X=2;ob");
    assertThat(uri.withParam("lr", null).withoutParam("ob")).hasToString("sip:a@h.example;x=1;lr");
    assertThat(uri.withPort(5070).withSecure(true)).hasToString("sips:a@h.example:5070;x=1;ob");
    assertThat(SipUri.of(null, "::1", 5060)).hasToString("sip:[::1]:5060");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:",
        "sip:@h",
        "sip:a@",
        "sip:a@h:",
        "sip:a@h:x",
        "sip:a@h:65536",
        "sip:a@h:-1",
        "sip:a@b@c",
        "sip:a b@h",
        "sip:a@h;",
        "sip:a@h;;x",
        "sip:a@h;x=",
        "sip:a@[::1",
        "sip:a@[xyz]",
        "sip:a%4@h",
        "sip:a%zz@h",
        "sip:a@h<x>",
        "sip:a@h\r\n",
        "sip::pw@h",
        "sip:a@h;x=1;X=2",
        "sip",
        "",
        "tel:+1",
        "http://h",
        "sip:a@hö"
      })
  void badOnesAreRefused(String text) {
    assertThatThrownBy(() -> uri(text)).isInstanceOf(SipSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "sip:%61lice@atlanta.com;transport=TCP, sip:alice@AtLanTa.CoM;Transport=tcp, true",
    "sip:carol@chicago.com, sip:carol@chicago.com;newparam=5, true",
    "sip:carol@chicago.com;security=on, sip:carol@chicago.com;newparam=5, true",
    "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com, sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com, true",
    "sip:alice@atlanta.com?subject=a&priority=b, sip:alice@atlanta.com?priority=b&subject=a, true",
    "sip:ALICE@AtLanTa.CoM;Transport=udp, sip:alice@AtLanTa.CoM;Transport=UDP, false",
    "sip:bob@biloxi.com, sip:bob@biloxi.com:5060, false",
    "sip:bob@biloxi.com, sip:bob@biloxi.com;transport=udp, false",
    "sip:bob@biloxi.com, sip:bob@biloxi.com:6000;transport=tcp, false",
    "sip:carol@chicago.com, sip:carol@chicago.com?Subject=next, false",
    "sip:carol@chicago.com;security=on, sip:carol@chicago.com;security=off, false",
    "sip:a@h, sips:a@h, false",
    "sip:a@h, tel:+1, false"
  })
  void equivalenceFollowsRfc3261(String a, String b, boolean same) throws SipSyntaxException {
    assertThat(Uri.parse(a).equivalent(Uri.parse(b))).isEqualTo(same);
    assertThat(Uri.parse(b).equivalent(Uri.parse(a))).isEqualTo(same);
  }

  @Test
  void telephoneNumbersCompareByDigits() throws SipSyntaxException {
    Uri a = Uri.parse("tel:+1-201-555-0123;ext=7;x");
    assertThat(a).isInstanceOf(TelUri.class).hasToString("tel:+1-201-555-0123;ext=7;x");
    assertThat(((TelUri) a).digits()).isEqualTo("+12015550123");
    assertThat(a.equivalent(Uri.parse("TEL:+12015550123;X;ext=7"))).isTrue();
    assertThat(a.equivalent(Uri.parse("tel:+12015550123;ext=7"))).isFalse();
    assertThatThrownBy(() -> Uri.parse("tel:+12x")).isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void otherSchemesAreKeptAsWritten() throws SipSyntaxException {
    Uri uri = Uri.parse("URN:service:sos");
    assertThat(uri.scheme()).isEqualTo("urn");
    assertThat(uri).hasToString("URN:service:sos");
    assertThat(uri.equivalent(Uri.parse("URN:service:sos"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sip:+12015550123;npdi;rn=+12015550100@h;user=phone | +12015550123",
        "sip:+1-201-555.0123@h | +12015550123",
        "sip:+12015550123;ext=12@h | +12015550123",
        "sip:0301234;phone-context=+49@h;user=PHONE | 0301234",
        "sip:*21#@h;user=phone | *21#",
        "sip:1001-2@h;user=phone | 1001-2",
        "sip:alice;day=tuesday@h;user=phone | alice;day=tuesday",
        "sip:1001;x@h | 1001;x",
        "sip:+alice;x@h | +alice;x",
        "sip:+@h | +",
      })
  void aNumberInPlaceOfAUserIsTheNumberAlone(String uri, String subscriber) throws Exception {
    assertThat(SipUri.parse(uri).subscriber()).isEqualTo(subscriber);
  }

  @Test
  void noUserIsNoSubscriber() throws Exception {
    assertThat(SipUri.parse("sip:h;user=phone").subscriber()).isNull();
  }
}
