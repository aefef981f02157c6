package org.drawbridge.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Path, outbound and GRUU (RFC 3327, RFC 5626, RFC 5627). */
final class RegistrarExtensionsTest {

  private static final Aor ALICE = new Aor("1001", "example.com");
  private static final String INSTANCE =
      ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";
  private static final String DIRECT = "Via: SIP/2.0/WSS x.invalid;branch=z9hG4bKa";
  private static final String BY_PROXY =
      "Via: SIP/2.0/TCP edge.example.net;branch=z9hG4bKb\r\n" + DIRECT;

  private boolean isTrunk;
  private long now = 1_000_000;
  private final ConfiguredAccounts accounts =
      new ConfiguredAccounts(
          List.of("example.com"),
          List.of(new UserAccount("1001", "example.com", "x", null, null, null)));
  private final TemporaryGruus gruus = new TemporaryGruus(new byte[16]);
  private final Bindings bindings =
      new Bindings(accounts, () -> Instant.ofEpochMilli(now), 50, gruus);
  private final Registrar registrar =
      new Registrar(
          accounts,
          (request, source, realm) -> new AuthOutcome.Authenticated(ALICE),
          bindings,
          () -> new RegistrarSettings(60, 3600, 600, 5, _ -> isTrunk),
          () -> Instant.ofEpochMilli(now),
          gruus);
  private final RecordingFlow first = new RecordingFlow(Transport.WSS, 1);
  private final RecordingFlow second = new RecordingFlow(Transport.WSS, 2);
  private int cseq;

  @Test
  void twoFlowsOfOneInstanceStandSideBySide() {
    SipResponse response = outbound(first, 1);
    assertThat(response.headers().first(HeaderName.REQUIRE)).isEqualTo("outbound");
    assertThat(response.headers().first(HeaderName.FLOW_TIMER)).isEqualTo("120");
    outbound(second, 2);
    assertThat(bindings.lookup(ALICE)).extracting(Binding::regId).containsExactly(1, 2);

    RecordingFlow again = new RecordingFlow(Transport.WSS, 3);
    outbound(again, 1);
    assertThat(bindings.lookup(ALICE))
        .extracting(Binding::flow)
        .containsExactlyInAnyOrder(again.id(), second.id());
  }

  @Test
  void aPbxThatIsATrunkRegistersForAllItsNumbers() {
    String contact = "Contact: <sip:10.0.0.5:5062;bnc>";
    String gin = "Require: gin\r\nProxy-Require: gin\r\nSupported: path";
    assertThat(register(first, DIRECT, contact, gin).status()).isEqualTo(403);
    isTrunk = true;
    assertThat(register(first, DIRECT, contact.replace("sip:", "sip:49228@"), gin).status())
        .isEqualTo(400);
    assertThat(bindings.size()).isZero();

    SipResponse taken = register(first, DIRECT, contact, gin);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.headers().first(HeaderName.CONTACT)).startsWith("<sip:10.0.0.5:5062;bnc>");
    assertThat(bindings.over(first.id())).containsExactly(ALICE);
    assertThat(bindings.over(second.id())).isEmpty();
  }

  @Test
  void regIdCountsForNothingWithoutOutbound() {
    SipResponse response = register(first, DIRECT, contact("a") + INSTANCE + ";reg-id=1");
    register(second, DIRECT, contact("b") + INSTANCE + ";reg-id=2");
    assertThat(response.headers().has(HeaderName.REQUIRE)).isFalse();
    assertThat(bindings.lookup(ALICE)).extracting(Binding::regId).containsExactly(0);
  }

  @Test
  void aFlowBehindAProxyNeedsThatProxysOutbound() {
    String contact = contact("a") + INSTANCE + ";reg-id=1";
    String supported = "Supported: path, outbound";
    assertThat(register(first, BY_PROXY, contact, supported).status()).isEqualTo(439);
    assertThat(
            register(first, BY_PROXY, contact, supported, "Path: <sip:edge.example.net;lr>")
                .status())
        .isEqualTo(439);
    assertThat(bindings.size()).isZero();

    SipResponse response =
        register(first, BY_PROXY, contact, supported, "Path: <sip:t@edge.example.net;lr;ob>");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first(HeaderName.REQUIRE)).isEqualTo("outbound");
    assertThat(response.headers().has(HeaderName.FLOW_TIMER)).isFalse();
  }

  @Test
  void aDeviceWithOutboundSignsOutWithoutSayingSoAgain() {
    String contact = contact("a") + INSTANCE + ";reg-id=1";
    outbound(first, 1);
    SipResponse response = register(first, DIRECT, contact + ";expires=0");
    assertThat(response.status()).isEqualTo(200);
    assertThat(bindings.size()).isZero();

    outbound(first, 1);
    register(first, DIRECT, contact);
    assertThat(bindings.lookup(ALICE)).extracting(Binding::regId).containsExactly(0);

    outbound(second, 2);
    register(first, DIRECT, "Contact: *", "Expires: 0");
    assertThat(bindings.size()).isZero();
  }

  @Test
  void severalContactsBesideAFlowAreRefused() {
    SipResponse response =
        register(
            first,
            DIRECT,
            contact("a") + INSTANCE + ";reg-id=1",
            contact("b"),
            "Supported: outbound");
    assertThat(response.status()).isEqualTo(400);
    assertThat(bindings.size()).isZero();
  }

  @Test
  void aDeviceThatMovesTakesItsOldContactBackInTheSameRequest() {
    String device = INSTANCE + ";reg-id=1";
    register(first, DIRECT, contact("a") + device, "Supported: outbound");
    SipResponse response =
        register(
            second,
            DIRECT,
            contact("b") + device,
            contact("a") + device + ";expires=0",
            "Supported: outbound");

    assertThat(response.status()).isEqualTo(200);
    assertThat(bindings.lookup(ALICE))
        .singleElement()
        .satisfies(binding -> assertThat(binding.flow()).isEqualTo(second.id()));
  }

  @Test
  void aPathIsKeptAndToldBack() {
    String inner = "<sip:inner.example.net;lr>";
    String outer = "<sip:edge.example.net;lr;ob>";
    SipResponse response =
        register(first, BY_PROXY, contact("a"), "Supported: path", "Path: " + inner + ", " + outer);
    assertThat(response.headers().values(HeaderName.PATH)).containsExactly(inner, outer);
    assertThat(response.headers().values(HeaderName.SERVICE_ROUTE))
        .as("the way back through us (RFC 3608)")
        .containsExactly("<sip:" + first.sentBy() + ";transport=ws;lr>");
    assertThat(bindings.lookup(ALICE).getFirst().path()).containsExactly(inner, outer);

    SipResponse straight = register(first, DIRECT, contact("a"));
    assertThat(bindings.lookup(ALICE).getFirst().path()).isEmpty();
    assertThat(straight.headers().has(HeaderName.SERVICE_ROUTE)).isFalse();
  }

  /** The proxy says in its Path where each came from, as Kamailio does. */
  @Test
  void phonesBehindTwoRoutersAndOneProxyAreTwoThoughTheirContactIsOne() {
    RecordingFlow edge = RecordingFlow.connection(Transport.TCP, "198.51.100.9");
    String contact = "Contact: <sip:1001@192.168.1.10:5060>";
    String path = "Path: <sip:198.51.100.9;transport=tcp;lr;received=sip:203.0.113.%s>";
    send(edge, BY_PROXY, "home", contact, "Supported: path", path.formatted("5:5060"));
    send(edge, BY_PROXY, "office", contact, "Supported: path", path.formatted("6:5060"));
    assertThat(bindings.lookup(ALICE)).hasSize(2);

    RecordingFlow other = RecordingFlow.connection(Transport.TCP, "198.51.100.8");
    send(other, BY_PROXY, "again", contact, "Supported: path", path.formatted("6:1024"));
    assertThat(bindings.lookup(ALICE))
        .extracting(Binding::callId)
        .as("that of the office has restarted, and came through another proxy")
        .containsExactlyInAnyOrder("home", "again");
  }

  /** Proxies close what is idle, and connect again when they have something to say themselves. */
  @Test
  void whoRegisteredThroughAProxyOutlivesItsConnection() {
    RecordingFlow edge = new RecordingFlow(Transport.TCP, 4);
    String host = edge.remote().getAddress().getHostAddress();
    String path = "Path: <sip:" + host + ";transport=tcp;lr>";
    register(edge, BY_PROXY, contact("a"), "Supported: path", path);
    registrar.onFlowClosed(edge);
    assertThat(bindings.lookup(ALICE))
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.isByPath()).isTrue();
              assertThat(left.path()).hasSize(1);
            });
    register(second, BY_PROXY, contact("a"), "Supported: path", path);
    assertThat(bindings.lookup(ALICE)).extracting(Binding::flow).containsExactly(second.id());
  }

  @Test
  void aPathThatLeadsElsewhereThanItCameFromEndsWithTheConnection() {
    RecordingFlow edge = new RecordingFlow(Transport.TCP, 4);
    String path = "Path: <sip:10.0.0.1;transport=tcp;lr>";
    register(edge, BY_PROXY, contact("a"), "Supported: path", path);
    registrar.onFlowClosed(edge);
    assertThat(bindings.all(ALICE)).isEmpty();
  }

  /** Where what stands before us on this machine hides where clients come from. */
  @Test
  void aPathThatLeadsToThisMachineEndsWithTheConnection() {
    InetSocketAddress here = new InetSocketAddress("127.0.0.1", 40_000);
    RecordingFlow edge = new RecordingFlow(Transport.TCP, 4, here);
    String path = "Path: <sip:127.0.0.1:6379;transport=tcp;lr>";
    register(edge, BY_PROXY, contact("a"), "Supported: path", path);
    registrar.onFlowClosed(edge);
    assertThat(bindings.all(ALICE)).isEmpty();
  }

  @Test
  void aPathThatTheClientKnowsNothingOfIsRefused() {
    SipResponse response =
        register(first, BY_PROXY, contact("a"), "Path: <sip:thief.example.net;lr>");
    assertThat(response.status()).isEqualTo(420);
    assertThat(response.headers().first(HeaderName.UNSUPPORTED)).isEqualTo("path");
    assertThat(bindings.size()).isZero();
  }

  @Test
  void aPathMustBeOfRoutersAndShort() {
    String supported = "Supported: path";
    String strict = "Path: <sip:edge.example.net>";
    String rubbish = "Path: <mailto:a@b>";
    String tooMany = "Path: " + "<sip:e.example.net;lr>, ".repeat(8) + "<sip:e.example.net;lr>";
    for (String path : List.of(strict, rubbish, tooMany)) {
      assertThat(register(first, BY_PROXY, contact("a"), supported, path).status())
          .as(path)
          .isEqualTo(400);
    }
  }

  @Test
  void aClientThatAsksGetsBothGruus() {
    String contact = withGruus("call-1").headers().first(HeaderName.CONTACT);
    Gruu open = bindings.gruu(uri(contact, "pub-gruu"));
    Gruu hidden = bindings.gruu(uri(contact, "temp-gruu"));
    Binding binding = bindings.lookup(ALICE).getFirst();
    assertThat(contact)
        .contains(
            "pub-gruu=\"sip:1001@example.com;gr=urn:uuid:00000000-0000-1000-8000-000A95A0E128\"");
    assertThat(open).isNotNull().satisfies(gruu -> assertThat(gruu.names(binding)).isTrue());
    assertThat(hidden).isNotNull().satisfies(gruu -> assertThat(gruu.names(binding)).isTrue());
    assertThat(hidden).extracting(Gruu::aor).isEqualTo(ALICE);
    assertThat(uri(contact, "temp-gruu").toString()).doesNotContain("1001");
    assertThat(register(first, DIRECT, contact("a") + INSTANCE).headers().first(HeaderName.CONTACT))
        .doesNotContain("gruu");
  }

  @Test
  void oldTemporaryGruusStayValidUntilTheRegistrationIsAnother() {
    SipUri old = uri(withGruus("call-1").headers().first(HeaderName.CONTACT), "temp-gruu");
    SipUri next = uri(withGruus("call-1").headers().first(HeaderName.CONTACT), "temp-gruu");
    assertThat(next.user()).isNotEqualTo(old.user());
    assertThat(bindings.gruu(old)).isEqualTo(bindings.gruu(next)).isNotNull();

    withGruus("call-2");
    assertThat(bindings.gruu(old)).isNull();
    SipUri last = uri(withGruus("call-2").headers().first(HeaderName.CONTACT), "temp-gruu");
    now += 700_000;
    bindings.sweep();
    assertThat(bindings.gruu(last)).isNull();
  }

  @Test
  void whatOnlyLooksLikeATemporaryGruuNamesNobody() {
    withGruus("call-1");
    for (String user :
        List.of("tgruu.", "tgruu.AAAA", "tgruu.AAAAAAAAAAAAAAAAAAAAAA", "tgruu.%00")) {
      assertThat(
              bindings.gruu(SipUri.of("x", "example.com", -1).withUser(user).withParam("gr", null)))
          .isNull();
    }
  }

  @Test
  void anInstanceIsEscapedInItsGruu() {
    assertThat(Gruu.ofInstance(ALICE, "<my phone;evil=\"1\">").toString())
        .isEqualTo("sip:1001@example.com;gr=my%20phone%3Bevil%3D%221%22");
  }

  private SipResponse withGruus(String callId) {
    return send(first, DIRECT, callId, contact("a") + INSTANCE, "Supported: gruu");
  }

  private SipResponse outbound(RecordingFlow flow, int regId) {
    return register(
        flow, DIRECT, contact("a") + INSTANCE + ";reg-id=" + regId, "Supported: path, outbound");
  }

  private static String contact(String user) {
    return "Contact: <sip:" + user + "@x.invalid;transport=ws>";
  }

  private static SipUri uri(@Nullable String contact, String parameter) {
    Matcher found = Pattern.compile(parameter + "=\"([^\"]+)\"").matcher(contact + "");
    assertThat(found.find()).isTrue();
    try {
      return SipUri.parse(found.group(1));
    } catch (SipSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private SipResponse register(RecordingFlow flow, String via, String... headers) {
    return send(flow, via, "one", headers);
  }

  private SipResponse send(RecordingFlow flow, String via, String callId, String... headers) {
    cseq++;
    String text =
        String.join(
            "\r\n",
            "REGISTER sip:example.com SIP/2.0",
            via + cseq,
            "From: <sip:1001@example.com>;tag=1",
            "To: <sip:1001@example.com>",
            "Call-ID: " + callId,
            "CSeq: " + cseq + " REGISTER",
            String.join("\r\n", headers),
            "",
            "");
    byte[] wire = text.getBytes(StandardCharsets.UTF_8);
    if (SipParser.parse(wire, 0, wire.length, ParseLimits.DEFAULT)
        instanceof ParseResult.Parsed(SipRequest request)) {
      return registrar.onRegister(request, flow).response();
    }
    throw new AssertionError("not a request: " + text);
  }
}
