package org.drawbridge.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.account.Aor;
import org.drawbridge.proxy.DialogEnd.Owner;
import org.drawbridge.sip.flow.FlowId;
import org.junit.jupiter.api.Test;

/** Tokens of proxied calls from one run to the next. */
final class FlowTokensTest {

  private static final DialogEnd CALLER =
      new DialogEnd(new FlowId("udp/0.0.0.0:5060/192.0.2.11:5062"), new Owner.OfTrunk("acme"));
  private static final DialogEnd CALLEE =
      new DialogEnd(
          new FlowId("udp/0.0.0.0:5060/[2001:db8::22]:5062"),
          new Owner.Account(new Aor("1002", "example.com")));

  private final String token = tokens("sixteen bytes ok").mint("call", "from", CALLER, CALLEE);

  private static FlowTokens tokens(String secret) {
    return new FlowTokens(secret.getBytes(US_ASCII));
  }

  @Test
  void aTokenOfOneRunWorksInTheNext() {
    FlowTokens next = tokens("sixteen bytes ok");
    assertThat(next.read(token, "call", "from", "to")).isEqualTo(CALLEE);
    assertThat(next.read(token, "call", "to", "from")).isEqualTo(CALLER);
  }

  @Test
  void aTokenOfAnotherSecretIsNone() {
    assertThat(tokens("another 16 bytes").read(token, "call", "from", "to")).isNull();
  }

  @Test
  void tokensOfTwoCallsHaveNothingInCommon() {
    String other = tokens("sixteen bytes ok").mint("other", "from", CALLER, CALLEE);
    int same = 0;
    for (int i = 0; i < token.length(); i++) {
      same += token.charAt(i) == other.charAt(i) ? 1 : 0;
    }
    assertThat(same).isLessThan(20);
  }
}
