package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PUBLISH and OPTIONS: whom they are for. */
final class OutsideDialogTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks: { presence: { targets: "sip:203.0.113.1:5060", from: 203.0.113.0/24 } }
      routes:
        - { name: publish, when: { method: PUBLISH, to: "10.*" }, to: { trunk: presence } }
        - { name: inside, when: { to-domain: local }, to: { registrar: true } }
      """;

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("2002", Transport.WSS, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest publish(String user) {
    return alice.send(
        alice
            .request(Method.PUBLISH, user)
            .header(HeaderName.EVENT, "presence")
            .header(HeaderName.EXPIRES, "600")
            .header(HeaderName.SIP_IF_MATCH, "abc")
            .body("application/pidf+xml", "<p/>".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsPublishedGoesWhereARouteSays() {
    SimPhone server = lab.trunk("203.0.113.1");
    publish("1001");
    SipRequest got = server.expect(Method.PUBLISH);
    assertThat(got.headers().first(HeaderName.EVENT)).isEqualTo("presence");
    assertThat(got.headers().first(HeaderName.SIP_IF_MATCH)).isEqualTo("abc");
    assertThat(got.expires()).isEqualTo(600);
    assertThat(got.bodyText()).isEqualTo("<p/>");
    server.reply(got, 200, null, "SIP-ETag: def", "Expires: 600");
    SipResponse ok = alice.expect(200);
    assertThat(ok.headers().first(HeaderName.SIP_ETAG)).isEqualTo("def");
    assertThat(ok.expires()).isEqualTo(600);
  }

  @Test
  void whatIsPublishedNamesNoAddressOfTheSender() {
    SimPhone server = lab.trunk("203.0.113.1");
    String state =
        "<presence entity=\"sip:1001@example.com\"><contact>sip:1001@192.168.1.7:5062</contact>"
            + "<note>at sip:bar@example.org since 10.30</note></presence>";
    alice.send(
        alice
            .request(Method.PUBLISH, "1001")
            .header(HeaderName.EVENT, "presence")
            .body("application/pidf+xml", state.getBytes(StandardCharsets.UTF_8)));
    SipRequest got = server.expect(Method.PUBLISH);
    assertThat(got.bodyText()).isEqualTo(state.replace("192.168.1.7:5062", "example.com"));
    server.reply(got, 200, null);
    alice.expect(200);
  }

  @Test
  void nothingIsPublishedToADevice() {
    publish("2002");
    alice.expect(489);
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void anotherUserIsAskedWhatItCanDo() {
    alice.send(alice.request(Method.OPTIONS, "2002").header(HeaderName.ACCEPT, "application/sdp"));
    SipRequest got = bob.expect(Method.OPTIONS);
    bob.reply(got, 200, null, "Accept: application/sdp, text/plain");
    SipResponse ok = alice.expect(200);
    assertThat(ok.headers().first(HeaderName.ALLOW)).contains("MESSAGE");
    assertThat(ok.headers().first(HeaderName.ACCEPT)).contains("text/plain");
    assertThat(ok.toString()).doesNotContain("192.0.2.22").doesNotContain(bob.userAgent());
  }

  @Test
  void aSignOfLifeIsAnsweredHere() {
    alice.send(alice.request(Method.OPTIONS, "1001").remove(HeaderName.PROXY_AUTHORIZATION));
    alice.expect(200);
    SimPhone trunk = lab.trunk("203.0.113.1");
    trunk.send(trunk.request(Method.OPTIONS, "2002").remove(HeaderName.PROXY_AUTHORIZATION));
    trunk.expect(200);
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void aStrangerLearnsNothingOfUsers() {
    alice.send(alice.request(Method.OPTIONS, "2002").remove(HeaderName.PROXY_AUTHORIZATION));
    alice.expect(407);
    alice.send(alice.request(Method.OPTIONS, "9999").remove(HeaderName.PROXY_AUTHORIZATION));
    alice.expect(407);
  }

  /**
   * Without it a phone would ask for the same again (RFC 3903 section 4.1, RFC 6665 section 8.2.1).
   */
  @Test
  void aRefusalSaysWhatWouldBeTaken() {
    SimPhone server = lab.trunk("203.0.113.1");
    publish("1001");
    server.reply(server.expect(Method.PUBLISH), 423, null, "Min-Expires: 1800");
    SipResponse brief = alice.expect(423);
    assertThat(brief.headers().first(HeaderName.MIN_EXPIRES)).isEqualTo("1800");
    publish("1001");
    server.reply(server.expect(Method.PUBLISH), 489, null, "Allow-Events: dialog");
    SipResponse unknown = alice.expect(489);
    assertThat(unknown.headers().first(HeaderName.ALLOW_EVENTS)).isEqualTo("dialog");
    alice.send(alice.request(Method.MESSAGE, "2002").body("text/html", new byte[] {'x'}));
    bob.reply(bob.expect(Method.MESSAGE), 415, null, "Accept: text/plain");
    assertThat(alice.expect(415).headers().first(HeaderName.ACCEPT)).isEqualTo("text/plain");
  }
}
