package org.drawbridge.sip.auth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.value.Secret;
import org.drawbridge.sip.grammar.DigestCredentials;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.Test;

/** Names and realms that a quoted string has to escape (RFC 3261 section 25.1). */
class DigestAnswerTest {

  private static final String URI = "sip:trunk.example";

  private static SipRequest answer(String username, String realm) {
    SipRequest request =
        SipRequest.builder(Method.REGISTER, SipUri.of(null, "trunk.example", -1)).build();
    SipResponse challenge =
        SipResponse.builder(401, "Unauthorized")
            .header(
                HeaderName.WWW_AUTHENTICATE,
                "Digest realm=\"" + realm + "\", nonce=\"n\", algorithm=MD5")
            .build();
    TrunkCredentials credentials = new TrunkCredentials(username, new Secret("pw"));
    return requireNonNull(DigestAnswer.add(credentials, challenge, request)).build();
  }

  private static DigestCredentials read(SipRequest request) {
    return requireNonNull(
            HeaderGrammar.credentials(request.headers(), HeaderName.AUTHORIZATION).orNull())
        .getFirst();
  }

  private static String response(String username, String realm) {
    DigestAlgorithm md5 = DigestAlgorithm.MD5;
    return md5.hash(md5.hash(username, realm, "pw"), "n", md5.hash("REGISTER", URI));
  }

  @Test
  void aNameWithABackslashOrAQuoteIsEscapedInTheHeaderAndNotInTheHash() {
    SipRequest sent = answer("CORP\\al\"ice", "pbx");
    assertThat(sent.headers().first(HeaderName.AUTHORIZATION))
        .contains("username=\"CORP\\\\al\\\"ice\"");
    assertThat(read(sent).username()).isEqualTo("CORP\\al\"ice");
    assertThat(read(sent).response()).isEqualTo(response("CORP\\al\"ice", "pbx"));
  }

  @Test
  void aRealmIsGivenBackAsItCame() {
    SipRequest sent = answer("alice", "the \\\"big\\\" one");
    assertThat(sent.headers().first(HeaderName.AUTHORIZATION))
        .contains("realm=\"the \\\"big\\\" one\"");
    assertThat(read(sent).response()).isEqualTo(response("alice", "the \"big\" one"));
  }
}
