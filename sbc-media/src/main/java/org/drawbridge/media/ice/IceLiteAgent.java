package org.drawbridge.media.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * The lite, always controlled agent of one transport with one component (RFC 8445 2.5, 7.3). It
 * answers connectivity checks, learns from them where the peer is and follows its nominations. It
 * sends no checks, so consent (RFC 7675) is judged by the peer's checks and authentic media.
 *
 * <p>Beside an {@link IceChecker} it is the answering half of a full agent: the roles are the
 * checker's, and nothing is sent to an address before that has answered a check of ours, or has
 * gone on with authentic media where the selected one is silent.
 *
 * <p>Simplifications that a lite agent allows: candidates of the peer are not needed (each is
 * learned as peer-reflexive from its checks), nor is its password (both directions of a check are
 * keyed with ours).
 */
public final class IceLiteAgent {

  /** What a request did to the agent. */
  public enum Outcome {
    /** Not a request we answer; nothing is to be sent. */
    IGNORED,
    /** An error response is to be sent. */
    REFUSED,
    /** A success response is to be sent; the source is valid now. */
    CHECKED,
    /** As {@link #CHECKED}, and media goes to the source from now on. */
    NOMINATED
  }

  /** Consent is lost after this long without a sign of the peer (RFC 7675 5.1). */
  public static final long CONSENT_NANOS = 30_000_000_000L;

  /** Who talks does so from the selected address all the time. */
  private static final long TALKS_ELSEWHERE_NANOS = 3_000_000_000L;

  /** Two checks of a peer that checks each six seconds (RFC 7675 5.1) may be lost. */
  private static final long CHECKS_ELSEWHERE_NANOS = 15_000_000_000L;

  /** Addresses of a peer that passed a check; browsers have two to six. */
  private static final int MAX_VALID = 16;

  private IceSecret inUse;
  private @Nullable IceSecret fresh;
  private @Nullable String remoteUfrag;
  private @Nullable String previousRemoteUfrag;
  private boolean previousOver;
  private final List<InetSocketAddress> valid = new ArrayList<>(1);
  private @Nullable InetSocketAddress selected;
  private long selectedNanos;
  private @Nullable IceSecret nominatedUnder;
  private int highestNomination;
  private long heardNanos;
  private boolean checked;

  /** The peer that we check has restarted, and may have left where we send. */
  private boolean left;

  private @Nullable IceChecker checker;

  /** Starts with our credentials; the peer's may come later. */
  public IceLiteAgent(String localUfrag, String localPassword) {
    inUse = new IceSecret(localUfrag, new MessageIntegrity(localPassword));
  }

  /** Makes it the answering half of a full agent, before anything else happens. */
  public void beside(IceChecker other) {
    checker = other;
  }

  /**
   * Takes the peer's user name fragment from its description. Checks with our own fragment and
   * password are answered whatever name the peer has in them, since they may outrun its description
   * (RFC 8445 7.3): those of a browser that changes networks come before its re-INVITE.
   *
   * @return whether the peer had another one before, so that it has restarted
   */
  public boolean remote(String ufrag) {
    if (ufrag.equals(remoteUfrag)) {
      return false;
    }
    previousRemoteUfrag = remoteUfrag;
    previousOver = false;
    remoteUfrag = ufrag;
    left = previousRemoteUfrag != null && checker != null;
    return previousRemoteUfrag != null;
  }

  /**
   * Restarts with new local credentials (RFC 8445 9). Media keeps flowing on the old pair, and the
   * old credentials keep its consent fresh, until the peer nominates a pair under the new ones. A
   * peer that was never told the new ones goes on with the old.
   */
  public void restart(String localUfrag, String localPassword) {
    fresh = new IceSecret(localUfrag, new MessageIntegrity(localPassword));
  }

  /** The user name fragments checks may name us by: one, two during a restart. */
  public List<String> localUfrags() {
    IceSecret next = fresh;
    return next == null ? List.of(inUse.ufrag()) : List.of(inUse.ufrag(), next.ufrag());
  }

  /**
   * Judges a STUN message.
   *
   * @param reply filled with the response unless the outcome is {@link Outcome#IGNORED}
   */
  public Outcome onMessage(
      StunView message, InetSocketAddress source, long nowNanos, StunWriter reply) {
    if (message.type() != Stun.BINDING_REQUEST
        || (message.has(Stun.FINGERPRINT) && !message.hasValidFingerprint())) {
      return Outcome.IGNORED;
    }
    String username = message.username();
    if (username == null || !message.has(Stun.MESSAGE_INTEGRITY)) {
      return refuse(message, reply, 400, "Bad Request");
    }
    IceSecret secret = secretFor(username);
    if (secret == null || !message.isIntact(secret.key())) {
      return refuse(message, reply, 401, "Unauthorized");
    }
    Outcome outcome = onAuthentic(message, source, secret, nowNanos, reply);
    if (outcome == Outcome.NOMINATED && isOfRemote(username)) {
      previousOver = true;
      inUse = secret;
      fresh = secret == fresh ? null : fresh;
    }
    return outcome;
  }

  /** Not of one before the peer's restart, as those still in flight are, nor of one to come. */
  private boolean isOfRemote(String username) {
    return remoteUfrag == null || username.endsWith(":" + remoteUfrag);
  }

  private Outcome onAuthentic(
      StunView message,
      InetSocketAddress source,
      IceSecret secret,
      long nowNanos,
      StunWriter reply) {
    int unknown = message.unknownRequired();
    if (unknown != 0) {
      reply.respond(message, Stun.BINDING_ERROR).errorCode(420, "Unknown Attribute");
      reply.unknownAttribute(unknown).integrity(secret.key()).fingerprint();
      return Outcome.REFUSED;
    }
    // A lite agent cannot take the controlling role from a full one: the peer has to switch.
    IceChecker full = checker;
    if (full == null ? message.has(Stun.ICE_CONTROLLED) : full.conflicts(message)) {
      reply.respond(message, Stun.BINDING_ERROR).errorCode(487, "Role Conflict");
      reply.integrity(secret.key()).fingerprint();
      return Outcome.REFUSED;
    }
    reply.respond(message, Stun.BINDING_SUCCESS);
    reply.xorMappedAddress(StreamAddress.peerOf(source));
    reply.integrity(secret.key()).fingerprint();
    boolean nominates = nominates(message, secret);
    return full == null
        ? learn(source, nominates, nowNanos)
        : triggered(full, source, nominates, nowNanos);
  }

  private Outcome triggered(
      IceChecker full, InetSocketAddress source, boolean nominates, long nowNanos) {
    heardNanos = nowNanos;
    remember(source);
    if (full.onRequest(source, nominates, nowNanos)) {
      select(source, nowNanos);
      return Outcome.NOMINATED;
    }
    return Outcome.CHECKED;
  }

  /**
   * An address of the peer has answered a check of ours.
   *
   * @param nominated whether it is the one to be used
   */
  public void confirmed(InetSocketAddress address, boolean nominated, long nowNanos) {
    heardNanos = nowNanos;
    checked = true;
    remember(address);
    if (nominated || selected == null) {
      select(address, nowNanos);
    } else {
      follow(address, CHECKS_ELSEWHERE_NANOS, nowNanos);
    }
    left &= !address.equals(selected);
    if (nominated && fresh != null) {
      previousOver = true;
      inUse = fresh;
      fresh = null;
    }
  }

  /** The latest nomination counts; where they are numbered, the one with the highest number. */
  private boolean nominates(StunView message, IceSecret secret) {
    int number = message.nomination();
    if (number < 0) {
      return message.has(Stun.USE_CANDIDATE);
    }
    if (secret == nominatedUnder && number < highestNomination) {
      return false;
    }
    nominatedUnder = secret;
    highestNomination = number;
    return true;
  }

  private Outcome learn(InetSocketAddress source, boolean nominates, long nowNanos) {
    heardNanos = nowNanos;
    checked = true;
    remember(source);
    if (!nominates) {
      follow(source, CHECKS_ELSEWHERE_NANOS, nowNanos);
      return Outcome.CHECKED;
    }
    select(source, nowNanos);
    return Outcome.NOMINATED;
  }

  private void remember(InetSocketAddress source) {
    if (!valid.contains(source)) {
      if (valid.size() == MAX_VALID) {
        valid.remove(valid.getFirst().equals(selected) ? 1 : 0);
      }
      valid.add(source);
    }
  }

  private void select(InetSocketAddress source, long nowNanos) {
    selected = source;
    selectedNanos = nowNanos;
    left = false;
  }

  /**
   * A NAT may give the peer another address in mid-call, and not every one nominates it. We go
   * there once nothing has come from the selected one for so long.
   */
  private void follow(InetSocketAddress source, long silentNanos, long nowNanos) {
    if (source.equals(selected)) {
      selectedNanos = nowNanos;
    } else if (selected != null && nowNanos - selectedNanos >= silentNanos) {
      select(source, nowNanos);
    }
  }

  /** USERNAME is our fragment, a colon and the peer's (RFC 8445 7.2.2). */
  private @Nullable IceSecret secretFor(String username) {
    int colon = username.indexOf(':');
    if (colon < 0) {
      return null;
    }
    if (previousOver && username.substring(colon + 1).equals(previousRemoteUfrag)) {
      return null;
    }
    String local = username.substring(0, colon);
    if (local.equals(inUse.ufrag())) {
      return inUse;
    }
    IceSecret next = fresh;
    return next != null && local.equals(next.ufrag()) ? next : null;
  }

  private static Outcome refuse(StunView message, StunWriter reply, int code, String reason) {
    answerError(message, reply, code, reason);
    return Outcome.REFUSED;
  }

  /** Writes an error response to a request that no secret fits (RFC 8489 9.1.3). */
  public static void answerError(StunView message, StunWriter reply, int code, String reason) {
    reply.respond(message, Stun.BINDING_ERROR).errorCode(code, reason).fingerprint();
  }

  /** Forgets an address that leads nowhere any more. */
  public void lost(InetSocketAddress address) {
    valid.remove(address);
    selected = address.equals(selected) ? null : selected;
  }

  /** Whether an address passed a check: only from there DTLS and media are taken. */
  public boolean isValid(InetSocketAddress source) {
    return source.equals(selected) || valid.contains(source);
  }

  /**
   * Where to send: the nominated address, before a nomination the first valid one (RFC 8445 12.1),
   * null before the first check, where we check ourselves before the first answer.
   */
  public @Nullable InetSocketAddress target() {
    if (selected != null) {
      return selected;
    }
    return valid.isEmpty() || checker != null ? null : valid.getFirst();
  }

  /** Whether a check has ever succeeded: one of ours where we check ourselves. */
  public boolean isUp() {
    return checked;
  }

  /**
   * Whether a handshake may begin: the peer is where we send. Before it is found anew after a
   * restart we may still send to another server of its, whose certificate would be the wrong one.
   */
  public boolean leads() {
    return checked && !left;
  }

  /** What has not come, when nothing shows where the peer is. */
  public String unreached() {
    return checker == null ? "no ICE check from the peer" : checker.unanswered();
  }

  /**
   * A packet came from a valid address that the peer alone can have made. Those that know ICE but
   * not RFC 7675 check no more once they have nominated, and their binding indications prove
   * nothing.
   */
  public void heard(InetSocketAddress source, long nowNanos) {
    heardNanos = nowNanos;
    follow(source, TALKS_ELSEWHERE_NANOS, nowNanos);
  }

  /** Counts the time until consent is lost from now. */
  public void expect(long nowNanos) {
    heardNanos = nowNanos;
  }

  /** Whether checks were there, and neither they nor media for {@link #CONSENT_NANOS}. */
  public boolean consentExpired(long nowNanos) {
    return checked && nowNanos - heardNanos >= CONSENT_NANOS;
  }

  private record IceSecret(String ufrag, MessageIntegrity key) {}
}
