package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.upstream.RegistrationStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registering with a trunk: whatever the registrar says, and staying registered. */
final class RegistrantTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme:
          targets: [ "sip:203.0.113.1", "sip:203.0.113.2" ]
          username: me
          password: secret
          register: { domain: acme.example, expires: 10m }
      """;

  private static final String CHALLENGE =
      "WWW-Authenticate: Digest realm=\"acme\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"%s";

  private final UpstreamLab upstream = new UpstreamLab(CONFIG);
  private final SimPhone first = upstream.lab.trunk("203.0.113.1");
  private final SimPhone second = upstream.lab.trunk("203.0.113.2");

  @AfterEach
  void nothingIsLeft() {
    upstream.stop();
    upstream.lab.assertClean();
  }

  @Test
  void theRequestNamesTheAccountAndAContactThatMeansNothing() {
    upstream.start();
    SipRequest register = UpstreamLab.register(first);

    assertThat(register.requestUri().toString()).isEqualTo("sip:acme.example");
    assertThat(register.to().toString()).isEqualTo("<sip:me@acme.example>");
    assertThat(register.from().withoutTag()).isEqualTo(register.to());
    assertThat(register.expires()).isEqualTo(600);
    assertThat(register.contacts().getFirst().toString())
        .matches("<sip:[0-9a-f]{20}@198\\.51\\.100\\.1:5060;transport=udp>;expires=600");
    assertThat(register.headers().has(HeaderName.AUTHORIZATION)).isFalse();
    assertThat(status().state()).isEqualTo(State.TRYING);
  }

  @Test
  void theAccountMayHaveAnotherNameThanItSignsInBy() {
    String config =
        CONFIG.replace("domain: acme.example,", "user: \"+4930100\", domain: acme.example,");
    UpstreamLab lab = new UpstreamLab(config);
    SimPhone registrar = lab.lab.trunk("203.0.113.1");
    lab.start();
    registrar.reply(UpstreamLab.register(registrar), 401, null, CHALLENGE.formatted("n1", ""));
    SipRequest register = UpstreamLab.register(registrar);
    UpstreamLab.accept(registrar, register, 100);

    assertThat(register.to()).hasToString("<sip:+4930100@acme.example>");
    assertThat(credentials(register)).contains("username=\"me\"");
  }

  @Test
  void aChallengeIsAnsweredAndTheNonceServesRefreshesToo() {
    upstream.start();
    first.reply(UpstreamLab.register(first), 401, null, CHALLENGE.formatted("n1", ""));
    SipRequest authorized = UpstreamLab.register(first);
    UpstreamLab.accept(first, authorized, 100);
    upstream.lab.advance(70_000);
    SipRequest refresh = UpstreamLab.register(first);
    UpstreamLab.accept(first, refresh, 100);

    assertThat(credentials(authorized)).contains("nonce=\"n1\"", "nc=00000001", "username=\"me\"");
    assertThat(credentials(refresh)).contains("nonce=\"n1\"", "nc=00000002");
    assertThat(refresh.callId()).isEqualTo(authorized.callId());
    assertThat(refresh.cseq().seq()).isGreaterThan(authorized.cseq().seq());
    assertThat(status().state()).isEqualTo(State.UP);
  }

  @Test
  void anOldNonceIsReplacedAndARefusedAnswerIsNotRepeatedSoon() {
    upstream.start();
    first.reply(UpstreamLab.register(first), 401, null, CHALLENGE.formatted("n1", ""));
    first.reply(UpstreamLab.register(first), 401, null, CHALLENGE.formatted("n2", ", stale=true"));
    SipRequest again = UpstreamLab.register(first);
    assertThat(credentials(again)).contains("nonce=\"n2\"", "nc=00000001");
    first.reply(again, 401, null, CHALLENGE.formatted("n3", ""));

    assertThat(first.firstLines()).isEmpty();
    assertThat(status().state()).isEqualTo(State.FAILED);
    assertThat(status().reason()).contains("401", "password");
    upstream.lab.advance(14_900);
    assertThat(first.firstLines()).isEmpty();
    assertThat(second.firstLines()).isEmpty();
    upstream.lab.advance(200);
    UpstreamLab.register(second);
  }

  @Test
  void aProxyMayAskToo() {
    upstream.start();
    first.reply(
        UpstreamLab.register(first),
        407,
        null,
        CHALLENGE.formatted("p", "").replace("WWW", "Proxy"));
    first.reply(UpstreamLab.register(first), 401, null, CHALLENGE.formatted("r", ""));
    SipRequest both = UpstreamLab.register(first);

    assertThat(both.headers().first(HeaderName.PROXY_AUTHORIZATION)).contains("nonce=\"p\"");
    assertThat(credentials(both)).contains("nonce=\"r\"");
  }

  @Test
  void aLongerIntervalIsTakenWhenTheRegistrarWantsIt() {
    upstream.start();
    first.reply(UpstreamLab.register(first), 423, null, "Min-Expires: 1800");

    assertThat(UpstreamLab.register(first).expires()).isEqualTo(1800);
  }

  @Test
  void aSilentRegistrarGivesWayToTheNextTarget() {
    upstream.start();
    UpstreamLab.register(first);
    upstream.lab.advance(32_100);
    UpstreamLab.accept(second, UpstreamLab.register(second), 100);

    assertThat(status().state()).isEqualTo(State.UP);
    first.clear();
    upstream.lab.advance(71_000);
    UpstreamLab.register(second);
    assertThat(first.firstLines()).isEmpty();
  }

  @Test
  void failuresAreRepeatedEverMoreSlowlyAndNeverMoreThanFiveMinutesApart() {
    upstream.start();
    long last = 0;
    for (int round = 0; round < 12; round++) {
      first.reply(UpstreamLab.register(round % 2 == 0 ? first : second), 403, null);
      if (round % 2 == 1) {
        upstream.lab.advance(1);
      }
      last = Math.max(last, untilNextRegister());
    }
    assertThat(last).isBetween(140_000L, 300_000L);
    assertThat(status().reason()).isEqualTo("403 Forbidden");
  }

  private long untilNextRegister() {
    long waited = 0;
    while (first.firstLines().isEmpty() && second.firstLines().isEmpty() && waited < 400_000) {
      upstream.lab.advance(1_000);
      waited += 1_000;
    }
    return waited;
  }

  @Test
  void aRegistrationOutlivesAFailedRefreshUntilItEnds() {
    upstream.start();
    UpstreamLab.accept(first, UpstreamLab.register(first), 100);
    upstream.lab.advance(70_000);
    first.reply(UpstreamLab.register(first), 500, null);
    second.reply(UpstreamLab.register(second), 500, null);
    assertThat(status().state()).isEqualTo(State.UP);
    assertThat(status().reason())
        .isEqualTo("registered, but not refreshed: 500 Server Internal Error");
    assertThat(status().expires()).isNotNull();
    for (int i = 0; i < 40 && status().state() == State.UP; i++) {
      first.clear();
      second.clear();
      upstream.lab.advance(1_000);
    }

    upstream.lab.advance(70_000);
    assertThat(status().state()).isEqualTo(State.FAILED);
  }

  @Test
  void aLostConnectionIsReplacedAtOnce() {
    upstream.start();
    UpstreamLab.accept(first, UpstreamLab.register(first), 600);
    upstream.cut(first);
    SimPhone back = upstream.lab.trunk("203.0.113.1");
    upstream.lab.advance(2_000);

    UpstreamLab.accept(back, UpstreamLab.register(back), 600);
    assertThat(status().state()).isEqualTo(State.UP);
  }

  @Test
  void theContactIsTakenBackAtTheEnd() {
    upstream.start();
    UpstreamLab.accept(first, UpstreamLab.register(first), 600);
    CompletableFuture<Void> stopped = upstream.stop();
    SipRequest removal = UpstreamLab.register(first);
    assertThat(removal.expires()).isZero();
    assertThat(stopped).isNotDone();
    first.reply(removal, 200, null);

    assertThat(stopped).isCompleted();
    assertThat(status().state()).isEqualTo(State.REMOVED);
  }

  @Test
  void theWayToTheRegistrarIsInUseForAsLongAsWeAreRegistered() {
    upstream.start();
    first.reply(UpstreamLab.register(first), 503, null);
    UpstreamLab.accept(second, UpstreamLab.register(second), 600);
    Flow flow = upstream.registeredOver.getFirst();
    assertThat(upstream.registeredOver).hasSize(1);
    assertThat(flow.remote().getHostString()).isEqualTo("203.0.113.2");
    assertThat(upstream.board.isRegisteredOver(flow.id())).isTrue();

    upstream.stop();
    second.reply(UpstreamLab.register(second), 200, null);
    assertThat(upstream.board.isRegisteredOver(flow.id())).isFalse();
  }

  private RegistrationStatus status() {
    return Objects.requireNonNull(upstream.board.status().getFirst().registration());
  }

  private static String credentials(SipRequest request) {
    return Objects.requireNonNull(request.headers().first(HeaderName.AUTHORIZATION));
  }
}
