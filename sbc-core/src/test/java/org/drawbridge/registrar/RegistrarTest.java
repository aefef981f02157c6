package org.drawbridge.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.auth.Authenticator;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrarTest {

  private static final Aor ALICE = new Aor("1001", "example.com");

  private long now = 1_000_000;
  private final Accounts accounts =
      new ConfiguredAccounts(
          List.of("example.com"),
          List.of(
              new UserAccount("1001", "example.com", "x", null, null, null),
              new UserAccount("1002", "example.com", "x", null, null, null)));
  private final Authenticator trusting =
      (request, source, realm) -> new AuthOutcome.Authenticated(ALICE);
  private final TemporaryGruus gruus = new TemporaryGruus(new byte[16]);
  private final Bindings bindings =
      new Bindings(accounts, () -> Instant.ofEpochMilli(now), 5, gruus);
  private final Registrar registrar =
      new Registrar(
          accounts,
          trusting,
          bindings,
          () -> new RegistrarSettings(60, 3600, 600, 3),
          () -> Instant.ofEpochMilli(now),
          gruus);
  private final RecordingFlow phone = new RecordingFlow(Transport.UDP, 1);
  private final RecordingFlow browser = new RecordingFlow(Transport.WSS, 2);
  private int cseq;
  private String callId = "one";

  @Test
  void aContactIsBoundToTheFlowItCameOn() {
    SipResponse response = register(phone, "Contact: <sip:1001@10.0.0.7:5060>;expires=300");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().all(HeaderName.CONTACT))
        .containsExactly("<sip:1001@10.0.0.7:5060>;expires=300");
    assertThat(bindings.lookup(ALICE))
        .singleElement()
        .satisfies(binding -> assertThat(binding.flow()).isEqualTo(phone.id()));
  }

  @Test
  void theConnectionOfWhoHasRegisteredIsTheAccounts() {
    assertThat(register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 1").status())
        .isEqualTo(423);
    assertThat(phone.owner()).isNull();
    register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 100");
    assertThat(phone.owner()).isEqualTo(ALICE);
  }

  @Test
  void aRefreshReplacesAndAnExpiryEnds() {
    register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 100");
    now += 90_000;
    register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 100");
    now += 90_000;
    assertThat(bindings.lookup(ALICE)).hasSize(1);
    now += 20_000;
    assertThat(bindings.lookup(ALICE)).isEmpty();
    bindings.sweep();
    assertThat(bindings.size()).isZero();
  }

  @Test
  void aBrowserThatComesBackKeepsOneBindingAnInstance() {
    String instance = ";+sip.instance=\"<urn:uuid:a>\";reg-id=1";
    register(browser, "Contact: <sip:abc@x.invalid;transport=ws>" + instance);
    RecordingFlow again = new RecordingFlow(Transport.WSS, 3);
    register(again, "Contact: <sip:def@y.invalid;transport=ws>" + instance);

    assertThat(bindings.lookup(ALICE))
        .singleElement()
        .satisfies(binding -> assertThat(binding.flow()).isEqualTo(again.id()));
  }

  private static final String AT_HOME = "Contact: <sip:1001@192.168.1.10:5060>";

  /** Routers give the same private addresses everywhere, and not all phones name their instance. */
  @Test
  void phonesBehindTwoRoutersAreTwoThoughTheirContactIsOne() {
    RecordingFlow home = RecordingFlow.datagrams("203.0.113.5", 5060);
    RecordingFlow office = RecordingFlow.datagrams("203.0.113.6", 5060);
    register(home, AT_HOME);
    callId = "two";
    register(office, AT_HOME);
    assertThat(bindings.lookup(ALICE))
        .extracting(Binding::flow)
        .containsExactlyInAnyOrder(home.id(), office.id());

    register(office, AT_HOME, "Expires: 0");
    assertThat(bindings.lookup(ALICE)).extracting(Binding::flow).containsExactly(home.id());
  }

  @Test
  void soTheyAreOverConnections() {
    RecordingFlow home = RecordingFlow.connection(Transport.TCP, "203.0.113.5");
    RecordingFlow office = RecordingFlow.connection(Transport.TLS, "203.0.113.6");
    register(home, AT_HOME);
    callId = "two";
    register(office, AT_HOME);
    assertThat(bindings.lookup(ALICE))
        .extracting(Binding::flow)
        .containsExactlyInAnyOrder(home.id(), office.id());

    callId = "restarted";
    RecordingFlow again = RecordingFlow.connection(Transport.TLS, "203.0.113.6");
    register(again, AT_HOME);
    assertThat(bindings.lookup(ALICE))
        .extracting(Binding::flow)
        .containsExactlyInAnyOrder(home.id(), again.id());
  }

  /** A phone takes the first that looks like its own, and with it the time of its next REGISTER. */
  @Test
  void aPhoneIsToldOfItsOwnContactBeforeThatOfAnotherWhichLooksTheSame() {
    register(RecordingFlow.datagrams("203.0.113.5", 5060), AT_HOME + ";expires=3600");
    callId = "two";
    RecordingFlow office = RecordingFlow.datagrams("203.0.113.6", 5060);
    for (int i = 0; i < 2; i++) {
      assertThat(register(office, AT_HOME + ";expires=120").headers().all(HeaderName.CONTACT))
          .containsExactly(
              "<sip:1001@192.168.1.10:5060>;expires=120",
              "<sip:1001@192.168.1.10:5060>;expires=3600");
    }
  }

  @Test
  void aPhoneBehindARouterStaysOneWhenTheRouterOrThePhoneChanges() {
    register(RecordingFlow.datagrams("203.0.113.5", 5060), AT_HOME);
    register(RecordingFlow.datagrams("203.0.113.5", 1024), AT_HOME);
    register(RecordingFlow.datagrams("203.0.113.6", 5060), AT_HOME);
    callId = "restarted";
    RecordingFlow last = RecordingFlow.datagrams("203.0.113.6", 5061);
    register(last, AT_HOME);
    assertThat(bindings.lookup(ALICE)).extracting(Binding::flow).containsExactly(last.id());
  }

  @Test
  void aContactThatIsNotBehindARouterIsOneWhereverItCameFrom() {
    register(RecordingFlow.datagrams("192.168.1.10", 5060), AT_HOME);
    callId = "two";
    register(RecordingFlow.datagrams("203.0.113.6", 5060), AT_HOME);
    assertThat(bindings.lookup(ALICE)).hasSize(1);
    callId = "three";
    register(RecordingFlow.datagrams("203.0.113.7", 5060), "Contact: <sip:1001@phone.example>");
    callId = "four";
    register(RecordingFlow.datagrams("203.0.113.8", 5060), "Contact: <sip:1001@phone.example>");
    assertThat(bindings.lookup(ALICE)).hasSize(2);
  }

  @Test
  void severalContactsAreListedByPreference() {
    register(phone, "Contact: <sip:1001@10.0.0.7>;q=0.3");
    SipResponse response = register(browser, "Contact: <sip:abc@x.invalid;transport=ws>");

    assertThat(response.headers().all(HeaderName.CONTACT)).hasSize(2);
    assertThat(bindings.lookup(ALICE)).extracting(Binding::q).containsExactly(1000, 300);
  }

  @Test
  void contactsAreRemovedOneByOneOrAllAtOnce() {
    register(phone, "Contact: <sip:1001@10.0.0.7>");
    register(browser, "Contact: <sip:abc@x.invalid;transport=ws>");
    register(phone, "Contact: <sip:1001@10.0.0.7>;expires=0");
    assertThat(bindings.lookup(ALICE)).hasSize(1);

    assertThat(register(phone, "Contact: *", "Expires: 10").status()).isEqualTo(400);
    assertThat(bindings.lookup(ALICE)).hasSize(1);
    assertThat(register(phone, "Contact: *", "Expires: 0").status()).isEqualTo(200);
    assertThat(bindings.lookup(ALICE)).isEmpty();
  }

  @Test
  void lifetimesAreBounded() {
    assertThat(register(phone, "Contact: <sip:1001@10.0.0.7>;expires=5").status()).isEqualTo(423);
    SipResponse response = register(phone, "Contact: <sip:1001@10.0.0.7>;expires=999999");
    assertThat(response.headers().first(HeaderName.CONTACT)).endsWith("expires=3600");
    response = register(phone, "Contact: <sip:1001@10.0.0.7>");
    assertThat(response.headers().first(HeaderName.CONTACT)).endsWith("expires=600");
  }

  @Test
  void aTooShortLifetimeIsToldTheMinimum() {
    SipResponse response = register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 5");
    assertThat(response.headers().first(HeaderName.MIN_EXPIRES)).isEqualTo("60");
    assertThat(bindings.lookup(ALICE)).isEmpty();
  }

  @Test
  void anOlderRequestChangesNothing() {
    register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 100");
    cseq -= 1;
    assertThat(register(phone, "Contact: <sip:1001@10.0.0.7>", "Expires: 0").status())
        .isEqualTo(500);
    assertThat(bindings.lookup(ALICE)).hasSize(1);
  }

  @Test
  void atTheCapAContactThatIsShortLivedIsTakenAllTheSame() {
    for (int i = 1; i <= 3; i++) {
      register(phone, "Contact: <sip:1001@10.0.0." + i + ">;expires=3600");
    }
    SipResponse response =
        register(browser, "Contact: <sip:abc@x.invalid;transport=ws>;expires=600");

    assertThat(response.headers().all(HeaderName.CONTACT))
        .hasSize(3)
        .contains("<sip:abc@x.invalid;transport=ws>;expires=600");
    assertThat(bindings.lookup(ALICE)).extracting(Binding::flow).contains(browser.id());
  }

  @Test
  void atTheCapTheOldestContactMakesRoom() {
    for (int i = 1; i <= 4; i++) {
      register(phone, "Contact: <sip:1001@10.0.0." + i + ">");
      now += 1000;
    }
    assertThat(bindings.lookup(ALICE))
        .extracting(Binding::contactUri)
        .containsExactly("sip:1001@10.0.0.4", "sip:1001@10.0.0.3", "sip:1001@10.0.0.2");
  }

  @Test
  void aClosedFlowTakesItsBindingsAlong() {
    register(phone, "Contact: <sip:1001@10.0.0.7>");
    register(browser, "Contact: <sip:abc@x.invalid;transport=ws>");
    registrar.onFlowClosed(browser);
    assertThat(bindings.lookup(ALICE)).extracting(Binding::flow).containsExactly(phone.id());
    assertThat(bindings.isBound(browser.id())).isFalse();
  }

  @Test
  void anotherDomainOrAnotherAccountIsRefused() {
    SipRequest elsewhere = request("REGISTER sip:else.example SIP/2.0", "sip:1001@else.example");
    RegisterAnswer unasked = registrar.onRegister(elsewhere, phone);
    assertThat(unasked.response().status()).isEqualTo(403);
    assertThat(unasked.reached()).as("anybody may have sent it").isFalse();
    SipRequest other =
        request("REGISTER sip:example.com SIP/2.0", "sip:1002@example.com", "Contact: <sip:a@b>");
    RegisterAnswer asked = registrar.onRegister(other, phone);
    assertThat(asked.response().status()).isEqualTo(403);
    assertThat(asked.reached()).isTrue();
    assertThat(bindings.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:1001@EXAMPLE.com",
        "sip:1001@example.com:5060",
        "sip:1001@example.com;transport=UDP",
        "sip:1001@example.com;user=phone",
        "sip:%31001@example.com",
        "sips:1001@example.com",
      })
  void anAccountIsKnownHoweverItIsWritten(String aor) {
    SipRequest request =
        request("REGISTER sip:1001@example.com:5060 SIP/2.0", aor, "m:<sip:1001@10.0.0.7>");
    assertThat(registrar.onRegister(request, phone).response().status()).isEqualTo(200);
    assertThat(bindings.lookup(ALICE)).hasSize(1);
  }

  @Test
  void ourAddressInPlaceOfADomainIsTheFirstOfThem() {
    SipRequest request =
        request(
            "REGISTER sip:198.51.100.1 SIP/2.0", "sip:1001@198.51.100.1", "m:<sip:1001@10.0.0.7>");
    assertThat(registrar.onRegister(request, phone).response().status()).isEqualTo(200);
    assertThat(bindings.lookup(ALICE)).hasSize(1);

    SipRequest elsewhere =
        request(
            "REGISTER sip:198.51.100.2 SIP/2.0", "sip:1001@198.51.100.2", "m:<sip:1001@10.0.0.7>");
    assertThat(registrar.onRegister(elsewhere, phone).response().status()).isEqualTo(403);
  }

  @Test
  void aParameterWithoutBracketsIsOfTheHeaderAndWinsOverExpires() {
    SipResponse response =
        register(phone, "m: sip:1001@10.0.0.7:5060;transport=udp;expires=300", "Expires: 900");
    assertThat(response.headers().all(HeaderName.CONTACT))
        .containsExactly("<sip:1001@10.0.0.7:5060>;expires=300");
  }

  @Test
  void severalContactsOfOneRequestAreBoundWithTheirOwnLifetimes() {
    String contacts =
        "Contact: \"Desk, left\" <sip:1001@10.0.0.7>;q=0.5,\r\n <sip:1001@10.0.0.8>;expires=120";
    SipResponse response = register(phone, contacts, "Expires: 900");
    assertThat(response.headers().all(HeaderName.CONTACT))
        .containsExactlyInAnyOrder(
            "<sip:1001@10.0.0.7>;q=0.500;expires=900", "<sip:1001@10.0.0.8>;expires=120");
  }

  @Test
  void anUnknownExtensionIsNamed() {
    SipResponse response = register(phone, "Contact: <sip:1001@10.0.0.7>", "Require: recipe");
    assertThat(response.status()).isEqualTo(420);
    assertThat(response.headers().first(HeaderName.UNSUPPORTED)).isEqualTo("recipe");
  }

  private SipResponse register(RecordingFlow flow, String... headers) {
    return registrar
        .onRegister(
            request("REGISTER sip:example.com SIP/2.0", "sip:1001@example.com", headers), flow)
        .response();
  }

  private SipRequest request(String startLine, String aor, String... headers) {
    cseq++;
    String text =
        String.join(
                "\r\n",
                startLine,
                "Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK" + cseq,
                "From: <" + aor + ">;tag=1",
                "To: <" + aor + ">",
                "Call-ID: " + callId,
                "CSeq: " + cseq + " REGISTER",
                String.join("\r\n", headers))
            + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
    byte[] wire = text.getBytes(StandardCharsets.UTF_8);
    if (SipParser.parse(wire, 0, wire.length, ParseLimits.DEFAULT)
        instanceof ParseResult.Parsed(SipRequest request)) {
      return request;
    }
    throw new AssertionError("not a request: " + text);
  }
}
