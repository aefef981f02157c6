package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones behind a proxy of somebody else, which closes its connection when that is idle. */
final class EdgeProxyTest {

  private static final Aor BOB = new Aor("1002", "example.com");
  private static final String CONTACT = "sip:1002@192.168.1.10:5060";
  private static final String PATH = "<sip:203.0.113.50:5060;transport=tcp;lr>";
  private static final String OFFER = Sdps.phone("192.0.2.21", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.51", 4002);
  private static final String PROXIED =
      Lab.CONFIG.replace(
          "to: { registrar: true }", "to: { registrar: true }\n    mode: proxy\n    media: direct");

  private Lab lab = new Lab();

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void bind(FlowId flow) {
    bind(flow, null, PATH, 0);
  }

  private void bind(FlowId flow, @Nullable String instance, String path, int regId) {
    lab.account("1002");
    lab.bind(
        new Binding(
            BOB,
            CONTACT,
            flow,
            List.of(path),
            instance,
            regId,
            0,
            "reg",
            1,
            1000,
            null,
            Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyAreCalledOverAConnectionMadeAnew(boolean proxied) {
    lab = new Lab(proxied ? PROXIED : Lab.CONFIG, CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(FlowId.BY_PATH);
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = edge.expect(Method.INVITE);
    assertThat(arrived.headers().values(HeaderName.ROUTE)).containsExactly(PATH);
    assertThat(arrived.requestUri().toString()).isEqualTo(CONTACT);
    edge.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theyGetMessages() {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(FlowId.BY_PATH);
    alice.send(alice.request(Method.MESSAGE, "1002").body("text/plain", new byte[] {'h', 'i'}));
    edge.reply(edge.expect(Method.MESSAGE), 200, null);
    alice.expect(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyAreCalledByAnotherProxyWhereOneCannotBeConnectedTo(boolean proxied) {
    lab = new Lab(proxied ? PROXIED : Lab.CONFIG, CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(FlowId.BY_PATH, "<urn:uuid:bob>", "<sip:203.0.113.49:5060;transport=tcp;lr>", 1);
    bind(FlowId.BY_PATH, "<urn:uuid:bob>", PATH, 2);
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = edge.expect(Method.INVITE);
    assertThat(arrived.headers().values(HeaderName.ROUTE)).containsExactly(PATH);
    edge.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  /** RFC 5626 section 7: a device registers by two of them, so that one may be away. */
  @Test
  void theyGetMessagesByAnotherProxyWhereOneCannotBeConnectedTo() {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(FlowId.BY_PATH, "<urn:uuid:bob>", "<sip:203.0.113.49:5060;transport=tcp;lr>", 1);
    bind(FlowId.BY_PATH, "<urn:uuid:bob>", PATH, 2);
    alice.send(alice.request(Method.MESSAGE, "1002").body("text/plain", new byte[] {'h', 'i'}));
    edge.reply(edge.expect(Method.MESSAGE), 200, null);
    alice.expect(200);
    assertThat(lab.lookup(BOB)).hasSize(2);
  }

  /** It may be starting again, and has told nobody to sign in anew. */
  @Test
  void theyStayWhereTheProxyCannotBeConnectedToNow() {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    bind(FlowId.BY_PATH);
    SipRequest invite = alice.invite("1002", OFFER);
    alice.ackFailure(invite, alice.expect(480));
    assertThat(lab.lookup(BOB)).hasSize(1);
  }

  @Test
  void oneThatTheProxyNoLongerReachesIsForgotten() {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(FlowId.BY_PATH);
    SipRequest invite = alice.invite("1002", OFFER);
    edge.reply(edge.expect(Method.INVITE), 430, null);
    alice.ackFailure(invite, alice.expect(480));
    assertThat(lab.lookup(BOB)).isEmpty();
  }

  /** It knows of no end of the phone's registration, and nor does the phone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThatRingsStaysRegisteredWhenTheProxyBreaksItsConnection(boolean proxied) {
    lab = new Lab(proxied ? PROXIED : Lab.CONFIG, CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(FlowId.BY_PATH, "<urn:uuid:bob>", PATH, 0);
    SipRequest invite = alice.invite("1002", OFFER);
    edge.reply(edge.expect(Method.INVITE), 180, null);
    lab.disconnect(edge, CloseCause.LOST);
    lab.advance(6_000);
    alice.ackFailure(invite, alice.expect(503));
    assertThat(lab.lookup(BOB)).hasSize(1);
  }

  @Test
  void aCallOutlivesTheConnectionAndEndsOverAnother() {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    bind(edge.sbcEnd().id());
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = edge.expect(Method.INVITE);
    edge.reply(arrived, 200, ANSWER, "Record-Route: " + PATH);
    edge.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);

    lab.disconnect(edge, CloseCause.PEER_CLOSED);
    for (int i = 0; i < 3; i++) {
      lab.plane().open().getLast().hear();
      lab.advance(31_000);
    }
    assertThat(lab.core().calls().size()).isEqualTo(1);
    alice.send(dialog.request(Method.BYE));
    alice.expect(200);
    edge.reply(edge.expect(Method.BYE), 200, null);
  }

  private SimDialog answeredCall(SimPhone alice, SimPhone edge, String... headers) {
    bind(edge.sbcEnd().id());
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = edge.expect(Method.INVITE);
    edge.reply(arrived, 200, ANSWER, headers);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    edge.expect(Method.ACK);
    return dialog;
  }

  /** Nothing is heard of a call that is held, and a connection that is idle is soon closed. */
  @Test
  void aHeldCallOutlivesTheConnectionToo() {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    SimDialog dialog = answeredCall(alice, edge, "Record-Route: " + PATH);
    for (int i = 0; i < 3; i++) {
      lab.disconnect(edge, CloseCause.PEER_CLOSED);
      lab.advance(60_000);
      assertThat(lab.core().calls().size()).isEqualTo(1);
    }
    alice.send(dialog.request(Method.BYE));
    alice.expect(200);
    edge.reply(edge.expect(Method.BYE), 200, null);
  }

  @Test
  void theEndOfACallThatIsPassedOnGoesOverAConnectionMadeAnew() {
    lab = new Lab(PROXIED, CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
    SimPhone edge = lab.trunk("203.0.113.50", Transport.TCP);
    SimDialog dialog = answeredCall(alice, edge);
    lab.disconnect(edge, CloseCause.PEER_CLOSED);
    lab.unbind(BOB);
    bind(FlowId.BY_PATH);
    alice.send(dialog.request(Method.BYE));
    edge.reply(edge.expect(Method.BYE), 200, null);
    alice.expect(200);
  }
}
