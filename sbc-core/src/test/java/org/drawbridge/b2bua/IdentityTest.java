package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who learns who calls, and through whose hands the call came (RFC 3323, 3325, 5806, 7044). */
final class IdentityTest {

  private static final String NUMBER = "+442079460000";
  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  /** The carrier {@code good} is trusted, the carrier {@code other} is not; both call through. */
  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        good: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1, trust: true }
        other: { targets: "sip:192.0.2.77:5060", from: 192.0.2.77 }
        next: { targets: "sip:203.0.113.2:5060", trust: true }
      routes:
        - name: through
          when: { from: [good, other], to: "+44.*" }
          to: { trunk: next }
        - name: to-other
          when: { from: registered, to: "+33.*" }
          to: { trunk: other }
        - name: to-good
          when: { from: registered, to: "+44.*" }
          to: { trunk: good }
        - name: inside
          when: { to-domain: local }
          to: { registrar: true }
      """;

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone good = lab.trunk("203.0.113.1");
  private final SimPhone other = lab.trunk("192.0.2.77");
  private final SimPhone next = lab.trunk("203.0.113.2");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** Calls, is refused, and returns what arrived. */
  private static SipRequest call(SimPhone from, String to, SimPhone target, String... headers) {
    var out = from.invitation(to, OFFER).requestUri(SipUri.of(to, "example.com", -1));
    for (String header : headers) {
      int colon = header.indexOf(':');
      String name = header.substring(0, colon);
      out =
          name.equals("From")
              ? out.replace(name, header.substring(colon + 1))
              : out.header(name, header.substring(colon + 1));
    }
    SipRequest invite = from.send(out);
    SipRequest arrived = target.expect(Method.INVITE);
    target.reply(arrived, 486, null);
    from.ackFailure(invite, from.expect(486));
    return arrived;
  }

  @Test
  void ofAnAccountOnlyATrustedTrunkGetsOurAssertion() {
    SipRequest atGood = call(alice, NUMBER, good, "P-Asserted-Identity:<sip:boss@example.com>");
    SipRequest atOther =
        call(alice, "+331234567", other, "P-Preferred-Identity:<sip:boss@example.com>");

    assertThat(atGood.headers().all(HeaderName.P_ASSERTED_IDENTITY))
        .containsExactly("\"1001 name\" <sip:1001@example.com>");
    assertThat(atOther.headers().has(HeaderName.P_ASSERTED_IDENTITY)).isFalse();
    assertThat(atOther.headers().has(HeaderName.P_PREFERRED_IDENTITY)).isFalse();
    assertThat(atOther.from().uri().toString()).isEqualTo("sip:1001@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "user", "header", "id;critical", "user;session"})
  void whoHidesIsKnownToATrustedTrunkOnly(String privacy) {
    SipRequest atGood = call(alice, NUMBER, good, "Privacy:" + privacy);
    SipRequest atOther = call(alice, "+331234567", other, "Privacy:" + privacy);

    assertThat(atGood.from().toString())
        .startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
    assertThat(atGood.headers().first(HeaderName.P_ASSERTED_IDENTITY)).contains("1001");
    assertThat(atGood.headers().first(HeaderName.PRIVACY)).isEqualTo("id");
    assertThat(atOther.headers().all(HeaderName.PRIVACY)).containsExactly("id");
    assertThat(atOther.toString()).doesNotContainPattern("\\b1001\\b");
  }

  @Test
  void whoSaysThatNothingIsToBeHiddenIsShown() {
    SipRequest arrived = call(alice, NUMBER, good, "Privacy:none");

    assertThat(arrived.from().uri().toString()).isEqualTo("sip:1001@example.com");
    assertThat(arrived.headers().has(HeaderName.PRIVACY)).isFalse();
  }

  @Test
  void anAccountNeverSeesAnAssertionAndNeverWhoHides() {
    SipRequest shown = call(good, "1002", bob, "P-Asserted-Identity:<sip:+331@carrier.example>");
    SipRequest hidden =
        call(
            good,
            "1002",
            bob,
            "From:<sip:anonymous@anonymous.invalid>;tag=x",
            "P-Asserted-Identity:<sip:+332@carrier.example>",
            "Remote-Party-ID:<sip:+332@carrier.example>",
            "Privacy:id");

    assertThat(shown.headers().has(HeaderName.P_ASSERTED_IDENTITY)).isFalse();
    assertThat(hidden.toString()).doesNotContain("+332").contains("anonymous.invalid");
  }

  /** The assertion is of who it is, so it has that name (RFC 3325 section 9.1). */
  @ParameterizedTest
  @ValueSource(strings = {"anonymous.invalid", "example.com"})
  void whoHidesInFromIsAssertedByItsOwnName(String host) {
    String[] headers = {
      "From:\"Anonymous\" <sip:anonymous@" + host + ">;tag=" + host,
      "P-Preferred-Identity:\"Alice\" <sip:1001@example.com>",
      "Privacy:id"
    };
    SipRequest atGood = call(alice, NUMBER, good, headers);
    headers[0] = headers[0] + "2";
    headers[1] = "P-Preferred-Identity:<sip:1001@example.com>";
    SipRequest nameless = call(alice, NUMBER, good, headers);

    assertThat(atGood.headers().all(HeaderName.P_ASSERTED_IDENTITY))
        .containsExactly("\"Alice\" <sip:1001@example.com>");
    assertThat(nameless.headers().all(HeaderName.P_ASSERTED_IDENTITY))
        .containsExactly("<sip:1001@example.com>");
    assertThat(atGood.from().toString())
        .startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
  }

  /** What it prefers may be a number of its own, or missing: its credentials say who calls. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anonymous.invalid|",
        "example.com|",
        "anonymous.invalid|<tel:+442079460001>",
        "anonymous.invalid|<tel:+442079460001>, <sip:1001@example.com>",
        "anonymous.invalid|<sip:+442079460001@example.com>"
      })
  void whoHidesInFromIsWhoSignsIn(String host, @Nullable String preferred) {
    String from = "From:<sip:anonymous@" + host + ">;tag=x";
    SipRequest atGood =
        preferred == null
            ? call(alice, NUMBER, good, from)
            : call(alice, NUMBER, good, from, "P-Preferred-Identity:" + preferred);

    assertThat(atGood.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .endsWith("<sip:1001@example.com>");
    assertThat(atGood.from().uri().toString()).isEqualTo("sip:anonymous@anonymous.invalid");
  }

  @Test
  void whoHidesAltogetherIsAskedToSignIn() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(HeaderName.FROM, "<sip:anonymous@anonymous.invalid>;tag=x"));

    alice.ackFailure(invite, alice.expect(407));
  }

  @Test
  void whoHidesUnderTheHostOfATrustedTrunkIsAssertedAsThatSays() {
    SipRequest passed =
        call(
            good,
            NUMBER,
            next,
            "From:\"Anonymous\" <sip:anonymous@203.0.113.1>;tag=x",
            "P-Asserted-Identity:\"Carol\" <sip:+332@carrier.example>, <tel:+332>");

    assertThat(passed.headers().all(HeaderName.P_ASSERTED_IDENTITY))
        .containsExactly("\"Carol\" <sip:+332@example.com>");
    assertThat(passed.headers().first(HeaderName.PRIVACY)).isEqualTo("id");
    assertThat(passed.from().toString()).doesNotContain("203.0.113.1");
  }

  @Test
  void whatATrustedTrunkAssertsGoesOnAndWhatAnotherAssertsDoesNot() {
    String[] headers = {
      "From:<sip:anonymous@anonymous.invalid>;tag=x",
      "P-Asserted-Identity:<sip:+332@carrier.example>"
    };
    SipRequest ofGood = call(good, NUMBER, next, headers);
    headers[0] = "From:<sip:anonymous@anonymous.invalid>;tag=y";
    SipRequest ofOther = call(other, NUMBER, next, headers);

    assertThat(ofGood.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .contains("sip:+332@example.com");
    assertThat(ofOther.headers().has(HeaderName.P_ASSERTED_IDENTITY)).isFalse();
    assertThat(ofOther.toString()).doesNotContain("+332");
  }

  /** A PBX that forwards a call shows who calls, and vouches for who pays (RFC 3325 section 5). */
  @ParameterizedTest
  @ValueSource(
      strings = {"\"PBX\" <sip:+332@carrier.example>", "<tel:+332>, <sip:+332@carrier.example>"})
  void whatATrustedTrunkAssertsBesideFromGoesOn(String asserted) {
    SipRequest passed =
        call(
            good,
            NUMBER,
            next,
            "From:<sip:+44800@203.0.113.1>;tag=" + asserted.length(),
            "P-Asserted-Identity:" + asserted);

    assertThat(passed.from().uri().toString()).isEqualTo("sip:+44800@example.com");
    assertThat(passed.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .endsWith("<sip:+332@example.com>");
  }

  /** Else whom the next trunk serves would see who diverted (RFC 7044 section 10.1). */
  @Test
  void aDiversionThatIsToBeHiddenGoesOnWithThatWish() {
    SipRequest one =
        call(
            good,
            NUMBER,
            next,
            "History-Info:<sip:+334@carrier.example?Reason=SIP&Privacy=history>;index=1",
            "History-Info:<sip:+335@carrier.example>;index=1.1");
    SipRequest all =
        call(
            good,
            NUMBER,
            next,
            "Privacy:history",
            "History-Info:<sip:+334@carrier.example>;index=1");

    assertThat(one.headers().all(HeaderName.HISTORY_INFO))
        .containsExactly(
            "<sip:+334@example.com?Privacy=history>;index=1", "<sip:+335@example.com>;index=1.1");
    assertThat(all.headers().all(HeaderName.HISTORY_INFO))
        .containsExactly("<sip:+334@example.com?Privacy=history>;index=1");
  }

  @Test
  void diversionsPassBetweenTrustedTrunksWithoutTheirHosts() {
    String[] headers = {
      "Diversion:<sip:+333@10.1.2.3:5070;user=phone>;reason=unconditional;counter=1;x-host=10.9.9.9",
      "History-Info:<sip:+334@inside.carrier.example?Reason=SIP%3Bcause%3D302%3Btext%3D%22at%20inside%22>;index=1",
      "History-Info:<sip:+335@10.1.2.3;cause=486;target=sip:x%4010.1.2.3>;index=1.1;mp=1"
    };
    SipRequest passed = call(good, NUMBER, next, headers);
    SipRequest ofOther = call(other, NUMBER, next, headers);
    SipRequest ofAlice = call(alice, NUMBER, good, headers);

    assertThat(passed.headers().all(HeaderName.DIVERSION))
        .containsExactly("<sip:+333@example.com>;reason=unconditional;counter=1");
    assertThat(passed.headers().all(HeaderName.HISTORY_INFO))
        .containsExactly(
            "<sip:+334@example.com?Reason=SIP%3Bcause%3D302>;index=1",
            "<sip:+335@example.com;cause=486>;index=1.1;mp=1");
    for (SipRequest removed : new SipRequest[] {ofOther, ofAlice}) {
      assertThat(removed.headers().has(HeaderName.DIVERSION)).isFalse();
      assertThat(removed.headers().has(HeaderName.HISTORY_INFO)).isFalse();
    }
  }

  @Test
  void headersThatNameHostsOrRingtonesStayHere() {
    SipRequest arrived =
        call(
            alice,
            "1002",
            bob,
            "Call-Info:<http://192.168.7.7/me.png>;purpose=icon",
            "Alert-Info:<http://192.168.7.7/ring.wav>",
            "Alert-Info:<urn:alert:source:internal>",
            "Organization:Secret Ltd",
            "Subject:lunch");

    assertThat(arrived.headers().all(HeaderName.ALERT_INFO))
        .containsExactly("<urn:alert:source:internal>");
    assertThat(arrived.headers().first(HeaderName.SUBJECT)).isEqualTo("lunch");
    assertThat(arrived.toString()).doesNotContain("192.168.7.7").doesNotContain("Secret");
  }
}
