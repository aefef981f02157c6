package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The token in our Record-Route: what it opens, and what it does not. */
final class ProxyTokenTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  private final Lab lab = ProxyLab.make();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone browser = lab.phone("1002", Transport.WSS, "192.0.2.22");
  private final SimCall call = ProxyLab.connect(alice, OFFER, browser, ANSWER);

  @AfterEach
  void nothingIsLeft() {
    lab.advance(13 * 3_600_000); // a call whose BYE nobody saw counts for half a day
    lab.assertClean();
  }

  private MessageBuilder<SipRequest> info() {
    return call.callerDialog().request(Method.INFO);
  }

  private void refused(MessageBuilder<SipRequest> request) {
    browser.clear();
    alice.send(request);
    alice.expect(481);
    assertThat(browser.firstLines()).isEmpty();
  }

  @Test
  void aTokenTakenIntoAnotherCallIsNone() {
    refused(info().replace(HeaderName.CALL_ID, "another"));
  }

  @Test
  void aTokenOfOtherPartiesIsNone() {
    refused(
        info()
            .replace(HeaderName.FROM, "<sip:1001@example.com>;tag=x")
            .replace(HeaderName.TO, "<sip:1002@example.com>;tag=y"));
  }

  @Test
  void aTokenWithOneLetterChangedIsNone() {
    String route = info().build().routes().getFirst().toString();
    int at = route.indexOf(':') + 40;
    String forged =
        route.substring(0, at) + (route.charAt(at) == 'A' ? 'B' : 'A') + route.substring(at + 1);
    refused(info().replace(HeaderName.ROUTE, forged));
  }

  /** A proxy hides no header, but who is called need not be where it says, nor who was dialled. */
  @Test
  void nothingThatCanBeDecodedTellsWhereOrWhoTheOtherSideIs() {
    ProxyLab.hangUp(call);
    assertThat(decoded(alice)).isNotEmpty().noneMatch(text -> tells(text, "1002", 22));
    assertThat(decoded(browser)).isNotEmpty().noneMatch(text -> tells(text, "1001", 11));
  }

  private static boolean tells(String text, String user, int host) {
    return text.contains(user)
        || text.contains("192.0.2." + host)
        || text.contains(new String(new char[] {192, 0, 2, (char) host}));
  }

  /** What the words of all messages mean if they are base64 or hexadecimal digits. */
  private static List<String> decoded(SimPhone phone) {
    return phone.everything().stream()
        .flatMap(message -> Arrays.stream(message.split("[^A-Za-z0-9_-]+")))
        .flatMap(word -> Stream.of(base64(word), hex(word)))
        .filter(bytes -> bytes.length > 3)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static byte[] base64(String word) {
    return Base64.getUrlDecoder().decode(word.length() % 4 == 1 ? "" : word);
  }

  private static byte[] hex(String word) {
    boolean isHex = word.length() % 2 == 0 && word.chars().allMatch(HexFormat::isHexDigit);
    return HexFormat.of().parseHex(isHex ? word : "");
  }

  @Test
  void whateverTheRequestUriSaysTheOtherEndGetsIt() {
    browser.clear();
    alice.send(info().requestUri(call.invite().requestUri()));
    browser.reply(browser.expect(Method.INFO), 200, null);
    alice.expect(200);
  }

  @Test
  void aFlowThatIsGoneIsSaid() {
    lab.disconnect(browser, CloseCause.LOST);
    alice.send(info());
    alice.expect(430);
  }

  @Test
  void aDeviceThatCameBackIsFoundAgain() {
    lab.disconnect(browser, CloseCause.LOST);
    lab.comeBack(browser);
    browser.clear();
    alice.send(info());
    browser.reply(browser.expect(Method.INFO), 200, null);
    alice.expect(200);
  }

  @Test
  void aStrictRouterBeforeUsIsUnderstood() {
    SipRequest plain = info().build();
    browser.clear();
    MessageBuilder<SipRequest> strict =
        info().remove(HeaderName.ROUTE).requestUri(plain.routes().getFirst().uri());
    plain.routes().stream().skip(1).forEach(r -> strict.header(HeaderName.ROUTE, r.toString()));
    strict.header(HeaderName.ROUTE, "<" + plain.requestUri() + ">");
    alice.send(strict);
    SipRequest got = browser.expect(Method.INFO);
    assertThat(got.requestUri()).hasToString(browser.contact());
    assertThat(got.routes()).isEmpty();
    browser.reply(got, 200, null);
    alice.expect(200);
  }

  @Test
  void aStrictRouterBehindUsGetsItsAddressInTheRequestUri() {
    browser.clear();
    alice.send(info().header(HeaderName.ROUTE, "<sip:192.0.2.99>"));
    SipRequest got = browser.expect(Method.INFO);
    assertThat(got.requestUri()).hasToString("sip:192.0.2.99");
    assertThat(got.routes().getLast().uri()).hasToString(browser.contact());
    browser.reply(got, 200, null);
    alice.expect(200);
  }

  /** JsSIP says {@code ;ob} in the Contact of a dialog, and not in that of a REGISTER. */
  @Test
  void oneOfSeveralDevicesThatCameBackIsFoundByTheContactOfTheDialog() throws SipSyntaxException {
    SimPhone other = lab.stranger("1002", "example.com", Transport.WSS, "192.0.2.99");
    lab.register(other, Binding.DEFAULT_Q);
    lab.disconnect(browser, CloseCause.LOST);
    lab.comeBack(browser);
    browser.clear();
    alice.send(info().requestUri(SipUri.parse(browser.contact() + ";ob")));
    SipRequest got = browser.expect(Method.INFO);
    assertThat(got.requestUri()).hasToString(browser.contact() + ";ob");
    browser.reply(got, 200, null);
    alice.expect(200);
  }

  @Test
  void oneOfSeveralDevicesThatCameBackIsFoundByItsGruu() {
    SimPhone other = lab.stranger("1002", "example.com", Transport.WSS, "192.0.2.99");
    lab.register(other, Binding.DEFAULT_Q);
    lab.disconnect(browser, CloseCause.LOST);
    browser.reconnect();
    bind(browser, browser.contact(), "<urn:browser>");
    browser.clear();
    SipUri gruu = SipUri.of("1002", "example.com", -1).withParam("gr", "urn:browser");
    alice.send(info().requestUri(gruu));
    SipRequest got = browser.expect(Method.INFO);
    assertThat(got.requestUri()).hasToString(browser.contact());
    browser.reply(got, 200, null);
    alice.expect(200);
  }

  @Test
  void aPhoneOverUdpThatHasMovedIsFoundWhereItHasRegistered() {
    SimPhone moved = lab.stranger("1001", "example.com", Transport.UDP, "192.0.2.77");
    lab.unbind(alice.aor());
    bind(moved, alice.contact(), "<urn:alice>");
    alice.clear();
    browser.send(call.calleeDialog().request(Method.INFO));
    moved.reply(moved.expect(Method.INFO), 200, null);
    browser.expect(200);
    assertThat(alice.firstLines()).isEmpty();
  }

  private void bind(SimPhone phone, String contact, String instance) {
    lab.bind(
        new Binding(
            phone.aor(),
            contact,
            phone.sbcEnd().id(),
            List.of(),
            instance,
            0,
            0,
            "reg",
            1,
            Binding.DEFAULT_Q,
            null,
            Long.MAX_VALUE));
  }

  @Test
  void accountsWithEndlessNamesCanHangUp() {
    SimPhone caller = lab.phone("a".repeat(600), Transport.UDP, "192.0.2.33");
    SimPhone callee = lab.phone("b".repeat(600), Transport.UDP, "192.0.2.44");
    SimCall endless = ProxyLab.connect(caller, OFFER, callee, ANSWER);
    callee.expect(Method.ACK);
    ProxyLab.hangUp(endless);
  }
}
