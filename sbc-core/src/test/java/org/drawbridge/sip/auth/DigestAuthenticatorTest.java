package org.drawbridge.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DigestAuthenticatorTest {

  private static final String REALM = "example.com";
  private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.1");

  private long now = 1_000_000;
  private long passed;
  private final DigestAuthenticator authenticator =
      new DigestAuthenticator(
          new ConfiguredAccounts(
              List.of(REALM),
              List.of(
                  new UserAccount(
                      "1001",
                      REALM,
                      hash("MD5", "1001:example.com:secret"),
                      hash("SHA-256", "1001:example.com:secret"),
                      null,
                      null),
                  new UserAccount(
                      "1002", REALM, hash("MD5", "1002:example.com:secret"), null, null, null))),
          3,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          new SteadyTime(() -> Instant.ofEpochMilli(now), () -> passed));

  @Test
  void theChallengesAreSeparateLinesWithMd5Last() {
    SipResponse response = refused(request(Method.REGISTER, null));

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers().all(HeaderName.WWW_AUTHENTICATE))
        .hasSize(2)
        .satisfiesExactly(
            first -> assertThat(first).contains("algorithm=SHA-256"),
            last -> assertThat(last).contains("algorithm=MD5"));
  }

  @Test
  void anAccountIsOfferedWhatItHasHashesFor() {
    SipRequest request =
        SipRequest.builder(Method.REGISTER, SipUri.of(null, REALM, -1))
            .header(HeaderName.VIA, "SIP/2.0/UDP h;branch=z9hG4bK1")
            .header(HeaderName.FROM, "<sip:1002@example.com>;tag=1")
            .header(HeaderName.TO, "<sip:1002@example.com>")
            .header(HeaderName.CALL_ID, "c")
            .header(HeaderName.CSEQ, "1 REGISTER")
            .build();

    assertThat(refused(request).headers().all(HeaderName.WWW_AUTHENTICATE))
        .singleElement()
        .satisfies(only -> assertThat(only).contains("algorithm=MD5"));
  }

  @Test
  void callsAreChallengedAsByAProxy() {
    SipResponse response = refused(request(Method.INVITE, null));
    assertThat(response.status()).isEqualTo(407);
    assertThat(response.headers().all(HeaderName.PROXY_AUTHENTICATE)).hasSize(2);
  }

  @Test
  void bothAlgorithmsLogIn() {
    for (String algorithm : List.of("MD5", "SHA-256")) {
      String credentials = credentials(algorithm, "secret", nonce(), 1);
      assertThat(outcome(request(Method.REGISTER, credentials)))
          .isEqualTo(new AuthOutcome.Authenticated(new Aor("1001", REALM)));
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownAccountLookTheSame() {
    SipResponse wrong = refused(request(Method.REGISTER, credentials("MD5", "guess", nonce(), 1)));
    SipResponse unknown =
        refused(
            request(
                Method.REGISTER, credentials("MD5", "secret", nonce(), 1).replace("1001", "4711")));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(wrong.headers().first(HeaderName.WARNING))
        .isEqualTo(unknown.headers().first(HeaderName.WARNING));
  }

  @Test
  void aNonceCountServesOnce() {
    String nonce = nonce();
    assertThat(outcome(request(Method.REGISTER, credentials("MD5", "secret", nonce, 1))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
    assertThat(outcome(request(Method.REGISTER, credentials("MD5", "secret", nonce, 2))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
    SipResponse replayed =
        refused(request(Method.REGISTER, credentials("MD5", "secret", nonce, 2)));
    assertThat(replayed.headers().first(HeaderName.WWW_AUTHENTICATE)).contains("stale=true");
  }

  @Test
  void anOldOrForgedNonceIsStaleAndNoFailure() {
    String nonce = nonce();
    now += Duration.ofMinutes(6).toMillis();
    for (String bad : List.of(nonce, "AAAA", "not base64!", nonce.replace(nonce.charAt(30), '_'))) {
      SipResponse response =
          refused(request(Method.REGISTER, credentials("MD5", "secret", bad, 1)));
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.headers().first(HeaderName.WWW_AUTHENTICATE)).contains("stale=true");
    }
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOut() {
    for (int minutes = 0; minutes < 18; minutes++) {
      now += Duration.ofMinutes(1).toMillis();
      passed += Duration.ofMinutes(1).toNanos();
      signIn();
    }
    now -= Duration.ofHours(2).toMillis();
    signIn();
  }

  private void signIn() {
    assertThat(outcome(request(Method.REGISTER, credentials("MD5", "secret", nonce(), 1))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
  }

  @Test
  void theLogIsToldWhatIsWrongAndWhoeverAsksIsNot() {
    String[] wrong = {
      credentials("MD5", "guess", nonce(), 1),
      credentials("MD5", "secret", nonce(), 1).replace("\"1001\"", "\"1009\""),
      credentials("SHA-256", "secret", nonce(), 1).replace("\"1001\"", "\"1002\""),
    };
    String[] told = {
      "Wrong password for 1001@example.com",
      "There is no account 1009@example.com",
      "The account 1002@example.com has no hash of the kind that the phone uses",
    };
    for (int i = 0; i < wrong.length; i++) {
      AuthOutcome.Refused refused =
          (AuthOutcome.Refused) outcome(request(Method.REGISTER, wrong[i]));
      assertThat(refused.reason()).isEqualTo(told[i]);
      assertThat(refused.response().headers().values(HeaderName.WARNING))
          .containsExactly("399 drawbridge \"Wrong account or password\"");
    }
  }

  @Test
  void onlyWhoAnswersAChallengeHasShownThatItsAddressIsItsOwn() {
    assertThat(reached(request(Method.INVITE, null))).isFalse();
    String wrong = "INVITE:sip:" + REALM;
    assertThat(reached(invite(credentials("MD5", "guess", wrong, "made-up", 1)))).isFalse();
    for (int i = 0; i < 4; i++) {
      assertThat(reached(invite(credentials("MD5", "guess", wrong, nonce(), 1)))).isTrue();
    }
    assertThat(refused(request(Method.INVITE, null)).status()).isEqualTo(403);
    assertThat(reached(request(Method.INVITE, null))).isFalse();
  }

  @Test
  void aCopyOfARequestIsChallengedAsIfByTheSame() {
    assertThat(refused(request(Method.INVITE, null)).toTag())
        .isEqualTo(refused(request(Method.INVITE, null)).toTag());
  }

  private boolean reached(SipRequest request) {
    return outcome(request) instanceof AuthOutcome.Refused refused && refused.reached();
  }

  private static SipRequest invite(String credentials) {
    return request(Method.INVITE, null)
        .edit()
        .header(HeaderName.PROXY_AUTHORIZATION, credentials)
        .build();
  }

  @Test
  void credentialsForAnotherNumberAreRefused() {
    String nonce = nonce();
    assertThat(outcome(call("0900123", credentials("INVITE:sip:0900123@" + REALM, nonce, 1))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
    assertThat(refused(call("0900123", credentials("INVITE:sip:1002@" + REALM, nonce, 2))).status())
        .isEqualTo(403);
  }

  @Test
  void credentialsThatNameOnlyTheServerAreTaken() {
    assertThat(outcome(call("0900123", credentials("INVITE:sip:192.0.2.7:5060", nonce(), 1))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
  }

  private static SipRequest call(String number, String credentials) {
    return SipRequest.builder(Method.INVITE, SipUri.of(number, REALM, -1))
        .header(HeaderName.VIA, "SIP/2.0/UDP h;branch=z9hG4bK1")
        .header(HeaderName.FROM, "<sip:1001@example.com>;tag=1")
        .header(HeaderName.TO, "<sip:" + number + "@example.com>")
        .header(HeaderName.CALL_ID, "c")
        .header(HeaderName.CSEQ, "1 INVITE")
        .header(HeaderName.PROXY_AUTHORIZATION, credentials)
        .build();
  }

  @Test
  void anUnknownNameIsChallengedLikeAKnownOneAndAlwaysTheSameWay() {
    DigestAuthenticator mixed =
        new DigestAuthenticator(
            new ConfiguredAccounts(
                List.of(REALM),
                List.of(
                    new UserAccount("1001", REALM, "a", null, null, null),
                    new UserAccount("1002", REALM, "a", "b", null, null))),
            3,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            () -> Instant.ofEpochMilli(now));
    for (int name = 2000; name < 2050; name++) {
      int first = challenges(mixed, "<sip:" + name + "@example.com>;tag=1");
      assertThat(first).isIn(1, 2);
      assertThat(challenges(mixed, "<sip:" + name + "@example.com>;tag=2")).isEqualTo(first);
    }
  }

  private static int challenges(DigestAuthenticator authenticator, String from) {
    SipRequest request =
        request(Method.REGISTER, null).edit().replace(HeaderName.FROM, from).build();
    if (authenticator.authenticate(request, SOURCE, REALM) instanceof AuthOutcome.Refused refused) {
      return refused.response().headers().count(HeaderName.WWW_AUTHENTICATE);
    }
    throw new AssertionError("was let in");
  }

  @Test
  void guessingLocksAStrangersAddressOutForAWhile() {
    for (int i = 0; i < 4; i++) {
      refused(request(Method.REGISTER, credentials("MD5", "guess" + i, nonce(), 1)));
    }
    assertThat(refused(request(Method.REGISTER, null)).status()).isEqualTo(403);
    now += Duration.ofMinutes(5).toMillis() + 1;
    assertThat(refused(request(Method.REGISTER, null)).status()).isEqualTo(401);
  }

  @Test
  void whereSomebodyHasLoggedInOnlyTheFailingAccountIsLocked() {
    assertThat(outcome(request(Method.REGISTER, credentials("MD5", "secret", nonce(), 1))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
    for (int i = 0; i < 9; i++) {
      String wrong = credentials("MD5", "old", nonce(), 1).replace("1001", "1002");
      refused(request(Method.REGISTER, wrong));
    }
    assertThat(outcome(request(Method.REGISTER, credentials("MD5", "secret", nonce(), 1))))
        .isInstanceOf(AuthOutcome.Authenticated.class);
    for (int i = 0; i < 4; i++) {
      refused(request(Method.REGISTER, credentials("MD5", "old", nonce(), 1)));
    }
    assertThat(refused(request(Method.REGISTER, credentials("MD5", "secret", nonce(), 1))).status())
        .isEqualTo(403);
  }

  @Test
  void aPhoneWithoutANameLocksNobodyElseOut() {
    signIn();
    for (int i = 0; i < 9; i++) {
      String nameless = credentials("MD5", "x", nonce(), 1).replace("\"1001\"", "\"\"");
      assertThat(refused(request(Method.REGISTER, nameless)).status()).isEqualTo(403);
    }
    signIn();
  }

  @Test
  void aNonceIsGoodOnlyForTheAddressItWasGivenTo() {
    SipRequest stolen = request(Method.REGISTER, credentials("MD5", "guess", nonce(), 1));
    InetAddress other = InetAddress.ofLiteral("192.0.2.99");
    assertThat(authenticator.authenticate(stolen, other, REALM))
        .isInstanceOfSatisfying(
            AuthOutcome.Refused.class,
            refused -> assertThat(refused.response().status()).isEqualTo(401));
  }

  private String nonce() {
    String challenge =
        refused(request(Method.REGISTER, null)).headers().first(HeaderName.WWW_AUTHENTICATE);
    Matcher matcher = Pattern.compile("nonce=\"([^\"]+)\"").matcher(String.valueOf(challenge));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String credentials(String algorithm, String password, String nonce, int count) {
    return credentials(algorithm, password, "REGISTER:sip:" + REALM, nonce, count);
  }

  private static String credentials(String target, String nonce, int count) {
    return credentials("MD5", "secret", target, nonce, count);
  }

  /** As a client makes them; the target is method, colon and digest URI, which is A2. */
  private static String credentials(
      String algorithm, String password, String target, String nonce, int count) {
    String nc = "%08x".formatted(count);
    String ha1 = hash(algorithm, "1001:" + REALM + ":" + password);
    String ha2 = hash(algorithm, target);
    String response = hash(algorithm, ha1 + ":" + nonce + ":" + nc + ":abc:auth:" + ha2);
    String uri = target.substring(target.indexOf(':') + 1);
    return "Digest username=\"1001\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s, qop=auth, cnonce=\"abc\", nc=%s"
        .formatted(REALM, nonce, uri, response, algorithm, nc);
  }

  private static String hash(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private AuthOutcome outcome(SipRequest request) {
    return authenticator.authenticate(request, SOURCE, REALM);
  }

  private SipResponse refused(SipRequest request) {
    if (outcome(request) instanceof AuthOutcome.Refused refused) {
      return refused.response();
    }
    throw new AssertionError("was let in");
  }

  private static SipRequest request(Method method, @Nullable String credentials) {
    var builder =
        SipRequest.builder(method, SipUri.of(null, REALM, -1))
            .header(HeaderName.VIA, "SIP/2.0/UDP h;branch=z9hG4bK1")
            .header(HeaderName.FROM, "<sip:1001@example.com>;tag=1")
            .header(HeaderName.TO, "<sip:1001@example.com>")
            .header(HeaderName.CALL_ID, "c")
            .header(HeaderName.CSEQ, "1 " + method.token());
    if (credentials != null) {
      builder.header(HeaderName.AUTHORIZATION, credentials);
    }
    return builder.build();
  }
}
