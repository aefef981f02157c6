package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trunk asks for credentials outside a call. */
final class TrunkChallengeTest {

  private static final String NUMBER = "+442079460000";
  private static final String CHALLENGE =
      "Digest realm=\"carrier.example\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";

  private final Lab lab =
      new Lab(
          """
          domains: [example.com]
          listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
          trunks:
            beta: { targets: "sip:192.0.2.77:5060", from: 192.0.2.77, username: me, password: secret }
          routes:
            - name: outside
              when: { from: registered, to: "+[0-9]{7,15}" }
              to: { trunk: beta }
          """,
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone beta = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void message() {
    alice.send(
        alice
            .request(Method.MESSAGE, NUMBER)
            .body("text/plain", "Tea?".getBytes(StandardCharsets.UTF_8)));
  }

  private SipRequest challenged(Method method, int status) {
    SipRequest first = beta.expect(method);
    String header = status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
    beta.reply(first, status, null, header + ": " + CHALLENGE);
    SipRequest second = beta.expect(method);
    HeaderName answer = status == 407 ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION;
    assertThat(second.headers().first(answer))
        .contains("username=\"me\"")
        .contains("realm=\"carrier.example\"");
    assertThat(second.vias()).hasSize(1);
    assertThat(second.cseq().seq()).isEqualTo(first.cseq().seq() + 1);
    assertThat(second.callId()).isEqualTo(first.callId());
    return second;
  }

  @Test
  void aMessageIsRepeatedWithOurCredentials() {
    message();
    beta.reply(challenged(Method.MESSAGE, 407), 200, null);
    alice.expect(200);
  }

  @Test
  void credentialsThatAreNotTakenAreNoMatterOfTheSender() {
    message();
    SipRequest second = challenged(Method.MESSAGE, 401);
    beta.reply(second, 401, null, "WWW-Authenticate: " + CHALLENGE + ", stale=true");
    second = beta.expect(Method.MESSAGE);
    beta.reply(second, 401, null, "WWW-Authenticate: " + CHALLENGE);
    assertThat(beta.firstLines()).isEmpty();
    assertThat(alice.expect(500).headers().has(HeaderName.WWW_AUTHENTICATE)).isFalse();
  }

  @Test
  void aSubscriptionIsMadeWithOurCredentials() {
    SipRequest sent = alice.send(alice.subscription(NUMBER, "presence", 60));
    SipRequest second = challenged(Method.SUBSCRIBE, 407);
    beta.reply(second, 200, null, "Expires: 60");
    SimDialog atBeta = beta.dialog(second);
    var ok = alice.expect(200);
    beta.send(beta.notification(atBeta, "presence", "active;expires=60"));
    alice.reply(alice.expect(Method.NOTIFY), 200, null);
    beta.expect(200);

    SimDialog atAlice = alice.dialog(sent, ok);
    alice.send(alice.subscription(atAlice, "presence", 60));
    SipRequest refreshed = challenged(Method.SUBSCRIBE, 401);
    assertThat(refreshed.cseq().seq()).isGreaterThan(second.cseq().seq());
    beta.reply(refreshed, 200, null, "Expires: 60");
    alice.expect(200);

    alice.send(alice.subscription(atAlice, "presence", 0));
    SipRequest last = beta.expect(Method.SUBSCRIBE);
    assertThat(last.cseq().seq()).isEqualTo(refreshed.cseq().seq() + 1);
    beta.reply(last, 481, null);
    alice.expect(481);
  }
}
