package org.drawbridge.sip.auth;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.sip.grammar.DigestCredentials;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Digest authentication (RFC 3261 section 22, RFC 7616, RFC 8760): SHA-256 offered first, MD5 last,
 * each in a header line of its own. An account that has only one of the two hashes is offered that
 * one alone: some phones (baresip 1.0 and SIPp 3.6 among them) give up at the sight of an algorithm
 * they do not know, also where a known one follows. An unknown account is answered like a wrong
 * password, so that nobody learns which names exist. Thread-safe.
 */
public final class DigestAuthenticator implements Authenticator {

  private static final List<DigestAlgorithm> ALL = List.of(DigestAlgorithm.values());
  private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);
  private static final int NONCES_REMEMBERED = 100_000;
  private static final int ADDRESSES_REMEMBERED = 100_000;

  private final Accounts accounts;
  private final Nonces nonces;
  private final LoginGuard guard;

  /**
   * Takes what it needs.
   *
   * @param maxFailures wrong passwords that are forgiven within {@code within}, see {@link
   *     LoginGuard}; 0 for any number
   * @param within the time failures are counted over
   * @param lock how long an address above that is refused
   * @param clock one that never goes back: a nonce that seems older than it is would count as used
   */
  public DigestAuthenticator(
      Accounts accounts, int maxFailures, Duration within, Duration lock, InstantSource clock) {
    this.accounts = accounts;
    this.nonces = new Nonces(new SecureRandom(), clock, NONCE_LIFETIME, NONCES_REMEMBERED);
    this.guard = new LoginGuard(maxFailures, within, lock, ADDRESSES_REMEMBERED, clock);
  }

  /** Counts wrong passwords by other bounds from now on, as the constructor has them. */
  public void change(int maxFailures, Duration within, Duration lock) {
    guard.change(maxFailures, within, lock);
  }

  /** Who is locked out. */
  public LoginGuard guard() {
    return guard;
  }

  @Override
  public AuthOutcome authenticate(SipRequest request, InetAddress source, String realm) {
    DigestCredentials credentials = credentialsFor(request, realm);
    if (guard.isLocked(source, credentials == null ? "" : credentials.username())) {
      String words = "Too many failed logins; try again later";
      return denied(request, words, words, false);
    }
    if (credentials == null) {
      return challenge(request, source, realm, "no credentials yet");
    }
    return switch (nonces.judge(credentials.nonce(), source)) {
      case FORGED -> rechallenge(request, source, realm, "nonce is not for this client");
      case STALE -> rechallenge(request, source, realm, "nonce is too old");
      case FRESH -> verify(request, source, realm, credentials);
    };
  }

  private AuthOutcome verify(
      SipRequest request, InetAddress source, String realm, DigestCredentials credentials) {
    String user = credentials.username();
    UserAccount account = accounts.find(new Aor(user, realm));
    String mistake =
        account == null
            ? "There is no account " + LoginGuard.shown(user) + '@' + realm
            : mistake(credentials, account, request);
    if (mistake != null) {
      String more = guard.failed(source, user) ? ", once too often; locked out for a while" : "";
      return denied(request, "Wrong account or password" + more, mistake + more, true);
    }
    if (!nonces.use(credentials.nonce(), count(credentials))) {
      return rechallenge(request, source, realm, "nonce count was used before");
    }
    guard.succeeded(source, user);
    return new AuthOutcome.Authenticated(new Aor(user, realm));
  }

  /** What is wrong with some credentials, for the log; null if nothing is. */
  private static @Nullable String mistake(
      DigestCredentials credentials, UserAccount account, SipRequest request) {
    DigestAlgorithm algorithm = DigestAlgorithm.of(credentials.algorithm());
    String ha1 = algorithm == null ? null : algorithm.ha1(account);
    if (algorithm == null || ha1 == null) {
      return "The account " + account + " has no hash of the kind that the phone uses";
    }
    if (!isForTarget(credentials.uri(), request)) {
      return "The credentials of " + account + " are for another address";
    }
    return matches(expected(algorithm, ha1, credentials, request), credentials.response())
        ? null
        : "Wrong password for " + account;
  }

  private static @Nullable String expected(
      DigestAlgorithm algorithm, String ha1, DigestCredentials credentials, SipRequest request) {
    String ha2 = algorithm.hash(request.methodToken(), credentials.uri());
    if (credentials.qop() == null) {
      return algorithm.hash(ha1, credentials.nonce(), ha2);
    }
    if (!credentials.qop().equalsIgnoreCase("auth")
        || credentials.nonceCount() < 0
        || credentials.nc() == null
        || credentials.cnonce() == null) {
      return null;
    }
    return algorithm.hash(
        ha1, credentials.nonce(), credentials.nc(), credentials.cnonce(), credentials.qop(), ha2);
  }

  private static boolean matches(@Nullable String expected, String given) {
    return expected != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.US_ASCII),
            given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The digest covers a URI of its own. Credentials for one number must not serve for another;
   * where it names no user, as some phones write only the server there, there is nothing to
   * compare.
   */
  private static boolean isForTarget(String digestUri, SipRequest request) {
    if (digestUri.equals(request.requestUri().toString())) {
      return true;
    }
    try {
      String user = SipUri.parse(digestUri).user();
      return user == null
          || (request.requestUri() instanceof SipUri target && user.equals(target.user()));
    } catch (SipSyntaxException e) {
      return false;
    }
  }

  /** Without {@code qop} a nonce serves once. */
  private static long count(DigestCredentials credentials) {
    return credentials.qop() == null ? 1 : credentials.nonceCount();
  }

  private static @Nullable DigestCredentials credentialsFor(SipRequest request, String realm) {
    HeaderName name =
        isRegister(request) ? HeaderName.AUTHORIZATION : HeaderName.PROXY_AUTHORIZATION;
    List<DigestCredentials> all = HeaderGrammar.credentials(request.headers(), name).orNull();
    for (DigestCredentials credentials : all == null ? List.<DigestCredentials>of() : all) {
      if (credentials.realm().equalsIgnoreCase(realm)) {
        return credentials;
      }
    }
    return null;
  }

  private AuthOutcome challenge(
      SipRequest request, InetAddress source, String realm, String reason) {
    return challenge(request, realm, "nonce=\"" + nonces.issue(source) + '"', reason);
  }

  /** Asks anew for what a client that knows the password can answer at once. */
  private AuthOutcome rechallenge(
      SipRequest request, InetAddress source, String realm, String reason) {
    return challenge(request, realm, "nonce=\"" + nonces.issue(source) + "\", stale=true", reason);
  }

  private AuthOutcome challenge(SipRequest request, String realm, String nonce, String reason) {
    boolean register = isRegister(request);
    HeaderName header = register ? HeaderName.WWW_AUTHENTICATE : HeaderName.PROXY_AUTHENTICATE;
    MessageBuilder<SipResponse> response =
        register
            ? SipResponse.repeatable(request, 401, "Unauthorized")
            : SipResponse.repeatable(request, 407, "Proxy Authentication Required");
    for (DigestAlgorithm algorithm : offered(request, realm)) {
      response.header(
          header,
          "Digest realm=\""
              + realm
              + "\", "
              + nonce
              + ", algorithm="
              + algorithm.token()
              + ", qop=\"auth\"");
    }
    return new AuthOutcome.Refused(response.build(), reason, false);
  }

  /** What the account in From can log in with; an unknown one looks like some other account. */
  private List<DigestAlgorithm> offered(SipRequest request, String realm) {
    if (!(request.from().uri() instanceof SipUri uri) || uri.user() == null) {
      return ALL;
    }
    UserAccount account = accounts.shown(new Aor(uri.user(), realm));
    return account == null ? ALL : usable(account);
  }

  private static List<DigestAlgorithm> usable(UserAccount account) {
    List<DigestAlgorithm> usable = new ArrayList<>(ALL.size());
    for (DigestAlgorithm algorithm : ALL) {
      if (algorithm.ha1(account) != null) {
        usable.add(algorithm);
      }
    }
    return usable;
  }

  /** Whoever asks is not told which accounts there are; the log is. */
  private static AuthOutcome denied(
      SipRequest request, String words, String reason, boolean reached) {
    SipResponse response =
        SipResponse.repeatable(request, 403, "Forbidden")
            .header(HeaderName.WARNING, "399 drawbridge \"" + words + "\"")
            .build();
    return new AuthOutcome.Refused(response, reason, reached);
  }

  private static boolean isRegister(SipRequest request) {
    return request.method() == Method.REGISTER;
  }
}
