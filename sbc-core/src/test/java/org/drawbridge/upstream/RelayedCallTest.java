package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between a PBX and its phones. */
final class RelayedCallTest {

  private static final String OFFER = Sdps.phone("192.0.2.7", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.5", 4002);
  private static final String CREDENTIALS =
      "Digest username=\"7001\", realm=\"pbx\", nonce=\"n2\", uri=\"sip:7002@pbx.example\","
          + " response=\"4567\"";

  private final RelayLab relay = new RelayLab();
  private final SimPhone phone = relay.phone("7001", Transport.TCP, "192.0.2.7");
  private final SimPhone pbx = relay.pbx;

  @AfterEach
  void nothingIsLeft() {
    relay.lab.assertClean();
  }

  @Test
  void thePbxCallsThePhoneByItsAlias() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    SipRequest invite = call(pbx, alias);
    SipRequest arrived = phone.expect(Method.INVITE);
    phone.reply(arrived, 200, OFFER);
    SipResponse answer = pbx.expect(200);
    SimDialog dialog = pbx.dialog(invite, answer);
    pbx.ack(dialog, answer, null);
    phone.expect(Method.ACK);
    pbx.send(dialog.request(Method.BYE));
    phone.reply(phone.expect(Method.BYE), 200, null);
    pbx.expect(200);

    assertThat(arrived.requestUri().toString()).isEqualTo(phone.contact());
    assertThat(arrived.to().toString()).isEqualTo("<sip:7001@pbx.example>");
    assertThat(answer.headers().first(HeaderName.USER_AGENT)).isEqualTo(phone.userAgent());
    assertThat(arrived.toString()).doesNotContain("203.0.113.5", alias.toString().substring(4, 36));
  }

  /** Phones ring as these words say, and answer by themselves for an intercom. */
  @Test
  void thePbxTellsItsPhoneHowToRing() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    SipRequest invite =
        pbx.send(
            pbx.invitation("unused", ANSWER)
                .requestUri(alias)
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .header(HeaderName.ALERT_INFO, "<http://203.0.113.5/ring>;info=alert-autoanswer")
                .header(HeaderName.ALERT_INFO, "<urn:alert:source:internal>, Bellcore-dr3")
                .header(HeaderName.CALL_INFO, "<sip:[2001:db8::5]>;answer-after=0")
                .header(HeaderName.CALL_INFO, "<http://203.0.113.5/me.png>;purpose=icon")
                .header("P-Auto-Answer", "normal")
                .header("Auto-Answer", "<sip:203.0.113.5>"));
    SipRequest arrived = phone.expect(Method.INVITE);
    phone.reply(arrived, 486, null);
    pbx.ackFailure(invite, pbx.expect(486));

    assertThat(arrived.headers().values(HeaderName.ALERT_INFO))
        .containsExactlyInAnyOrder(
            "<http://pbx.example/ring>;info=alert-autoanswer",
            "<urn:alert:source:internal>",
            "Bellcore-dr3");
    assertThat(arrived.headers().values(HeaderName.CALL_INFO))
        .containsExactly("<sip:pbx.example>;answer-after=0");
    assertThat(arrived.headers().all("P-Auto-Answer")).containsExactly("normal");
    assertThat(arrived.toString()).doesNotContain("203.0.113.5", "2001:db8", "\nAuto-Answer");
  }

  /** It calls that back, and many a PBX takes no other domain for its own. */
  @Test
  void thePhoneSeesItsCallerInTheDomainOfItsPbx() {
    SipRequest invite = call(pbx, relay.signIn(phone, 3600).contacts().getFirst().uri());
    SipRequest arrived = phone.expect(Method.INVITE);
    phone.reply(arrived, 486, null);
    pbx.ackFailure(invite, pbx.expect(486));

    assertThat(arrived.from().uri().toString()).isEqualTo("sip:trunk@pbx.example");
  }

  /** A proxy forks one INVITE: Call-ID, From and CSeq are the same on all of its branches. */
  @Test
  void aCallThatThePbxForksRingsAtEachOfItsPhones() {
    SimPhone other = relay.phone("7002", Transport.TCP, "192.0.2.8");
    SipRequest one = call(pbx, relay.signIn(phone, 3600).contacts().getFirst().uri());
    Uri alias = relay.signIn(other, 3600).contacts().getFirst().uri();
    SipRequest two = pbx.send(one.edit().remove(HeaderName.VIA).requestUri(alias));
    SipRequest atPhone = phone.expect(Method.INVITE);
    phone.reply(atPhone, 180, null);
    SipRequest atOther = other.expect(Method.INVITE);
    other.reply(atOther, 200, OFFER);
    SipResponse answer = pbx.expect(200);
    SimDialog dialog = pbx.dialog(two, answer);
    pbx.ack(dialog, answer, null);
    other.expect(Method.ACK);
    pbx.cancel(one);
    pbx.ackFailure(one, pbx.expect(487));
    phone.reply(phone.expect(Method.CANCEL), 200, null);
    phone.reply(atPhone, 487, null);
    assertThat(other.firstLines()).isEmpty();
    pbx.send(dialog.request(Method.BYE));
    other.reply(other.expect(Method.BYE), 200, null);
  }

  @Test
  void nobodyElseCallsThePhoneByItsAlias() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    SimPhone stranger = relay.lab.trunk("203.0.113.66");
    SipRequest invite = call(stranger, alias);

    stranger.ackFailure(invite, stranger.expect(404));
    assertThat(phone.firstLines()).isEmpty();
  }

  @Test
  void theLogTellsThatAnotherHostOfThePbxMayNotCallThePhone() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    try (LogLines log = LogLines.of("org.drawbridge.refused.relay")) {
      SimPhone media = relay.lab.trunk("203.0.113.6");
      media.ackFailure(call(media, alias), media.expect(404));

      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("aor=7001@pbx.example", "203.0.113.6", "registered-at=203.0.113.5:");
    }
  }

  @Test
  void callsOfAPhoneGoAlongTheServiceRouteOfItsRegistration() {
    relay.signIn(
        phone, 3600, "Service-Route: <sip:edge.pbx.example;lr>, <sip:core.pbx.example;lr>");
    SimPhone other = relay.phone("7002", Transport.TCP, "192.0.2.8");
    relay.signIn(other, 3600);
    SipRequest invite = phone.send(dial());
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 486, null);
    phone.ackFailure(invite, phone.expect(486));
    SipRequest second =
        other.send(other.invitation("7001", OFFER).remove(HeaderName.PROXY_AUTHORIZATION));
    SipRequest direct = pbx.expect(Method.INVITE);
    pbx.reply(direct, 486, null);
    other.ackFailure(second, other.expect(486));

    assertThat(arrived.headers().values(HeaderName.ROUTE))
        .containsExactly("<sip:edge.pbx.example;lr>", "<sip:core.pbx.example;lr>");
    assertThat(direct.headers().has(HeaderName.ROUTE)).isFalse();
    assertThat(String.join("", phone.everything())).doesNotContain("core.pbx.example");
  }

  @Test
  void thePbxHearsThatTheConnectionOfAPhoneIsGone() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    relay.table.onFlowClosed(phone.sbcEnd());
    SipRequest invite = call(pbx, alias);
    pbx.ackFailure(invite, pbx.expect(430));
    SipRequest other = call(pbx, uri("sip:" + "0123456789abcdef".repeat(2) + "@198.51.100.1"));

    pbx.ackFailure(other, pbx.expect(404));
  }

  @Test
  void aPhoneThatCameBackAnotherWayOutlivesItsFirstConnection() {
    relay.signIn(phone, 3600);
    Binding first = relay.table.lookup(new Aor("7001", "pbx.example")).getFirst();
    phone.reconnect();
    relay.signIn(phone, 3600);
    relay.table.flowFailed(first);
    assertThat(relay.table.size()).isEqualTo(1);
    Binding second = relay.table.lookup(new Aor("7001", "pbx.example")).getFirst();
    relay.table.flowFailed(second);

    assertThat(relay.table.size()).isZero();
  }

  @Test
  void thePhoneAnswersTheChallengeOfThePbxItself() {
    relay.signIn(phone, 3600);
    SipRequest first = phone.send(dial());
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    SipResponse challenge = phone.expect(407);
    phone.ackFailure(first, challenge);
    SipRequest again = phone.send(dial().header(HeaderName.PROXY_AUTHORIZATION, CREDENTIALS));
    SipRequest authorized = pbx.expect(Method.INVITE);
    pbx.reply(authorized, 486, null);
    phone.ackFailure(again, phone.expect(486));

    assertThat(challenge.headers().first(HeaderName.PROXY_AUTHENTICATE))
        .isEqualTo(RelayLab.CHALLENGE);
    assertThat(authorized.requestUri().toString()).isEqualTo("sip:7002@pbx.example");
    assertThat(authorized.headers().first(HeaderName.PROXY_AUTHORIZATION)).isEqualTo(CREDENTIALS);
    assertThat(authorized.from().uri().toString()).isEqualTo("sip:7001@pbx.example");
    assertThat(authorized.headers().first(HeaderName.USER_AGENT)).isEqualTo(phone.userAgent());
    assertThat(authorized.toString()).doesNotContain("192.0.2.7");
  }

  /** Whose call it is the PBX finds out by its challenge; whom it tells is its own concern. */
  @ParameterizedTest
  @ValueSource(strings = {"", "<sip:7001@pbx.example>", "<tel:+442079460000>"})
  void aPhoneThatHidesReachesThePbxHidden(String preferred) {
    relay.signIn(phone, 3600);
    MessageBuilder<SipRequest> dialled =
        dial()
            .replace(HeaderName.FROM, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=x")
            .header(HeaderName.PRIVACY, "id");
    SipRequest invite =
        phone.send(
            preferred.isEmpty()
                ? dialled
                : dialled.header(HeaderName.P_PREFERRED_IDENTITY, preferred));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 486, null);
    phone.ackFailure(invite, phone.expect(486));

    assertThat(arrived.from().uri().toString()).isEqualTo("sip:anonymous@anonymous.invalid");
    assertThat(arrived.headers().all(HeaderName.PRIVACY)).containsExactly("id");
    assertThat(String.join("", arrived.headers().all(HeaderName.P_PREFERRED_IDENTITY)))
        .isEqualTo(preferred);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sip:anonymous@192.0.2.7:5062;line=1", "sip:anonymous@pbx.example;line=1"})
  void thePbxDoesNotLearnWhereAPhoneThatHidesIs(String from) {
    relay.signIn(phone, 3600);
    SipRequest invite = phone.send(dial().replace(HeaderName.FROM, "<" + from + ">;tag=x"));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 486, null);
    phone.ackFailure(invite, phone.expect(486));

    assertThat(arrived.from().uri().toString())
        .isIn("sip:anonymous@anonymous.invalid", "sip:anonymous@pbx.example");
    assertThat(arrived.toString()).doesNotContain("192.0.2.7");
  }

  @Test
  void aPhoneThatHidesAndHasNotSignedInIsNotAskedForAnAccountOfOurs() {
    SipRequest invite =
        phone.send(dial().replace(HeaderName.FROM, "<sip:anonymous@anonymous.invalid>;tag=x"));

    phone.ackFailure(invite, phone.expect(404));
    assertThat(pbx.firstLines()).isEmpty();
  }

  /** It would answer with the password of its PBX, and be banned for that. */
  @Test
  void aPhoneOfSeveralAccountsThatHidesIsNotAskedForOneOfOurs() {
    relay.signIn(phone, 3600);
    String other = "<sip:7002@pbx.example>";
    phone.send(
        RelayLab.register(phone, 1, 3600)
            .replace(HeaderName.FROM, other + ";tag=reg")
            .replace(HeaderName.TO, other)
            .replace(HeaderName.CALL_ID, "registers-7002")
            .header(HeaderName.AUTHORIZATION, RelayLab.CREDENTIALS));
    relay.acceptNext(3600);
    phone.expect(200);
    SipRequest invite =
        phone.send(dial().replace(HeaderName.FROM, "<sip:anonymous@anonymous.invalid>;tag=x"));

    phone.ackFailure(invite, phone.expect(404));
    assertThat(relay.table.size()).isEqualTo(2);
  }

  @Test
  void aPhoneThatHasNotSignedInDoesNotReachThePbx() {
    SipRequest invite = phone.send(dial());

    phone.ackFailure(invite, phone.expect(403));
    assertThat(pbx.firstLines()).isEmpty();
  }

  @Test
  void credentialsOfOurOwnAccountsDoNotReachThePbx() {
    SimPhone own = relay.lab.phone("1001", Transport.UDP, "192.0.2.11");
    SipRequest invite =
        own.send(own.invitation("7001", OFFER).requestUri(uri("sip:7001@pbx.example")));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    SipResponse refusal = own.expect(500);
    own.ackFailure(invite, refusal);

    assertThat(arrived.headers().has(HeaderName.PROXY_AUTHORIZATION)).isFalse();
    assertThat(refusal.headers().has(HeaderName.PROXY_AUTHENTICATE)).isFalse();
  }

  private MessageBuilder<SipRequest> dial() {
    return phone.invitation("7002", OFFER).remove(HeaderName.PROXY_AUTHORIZATION);
  }

  private static SipRequest call(SimPhone from, Uri target) {
    return from.send(
        from.invitation("unused", ANSWER)
            .requestUri(target)
            .remove(HeaderName.PROXY_AUTHORIZATION));
  }

  private static Uri uri(String text) {
    try {
      return Uri.parse(text);
    } catch (SipSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
