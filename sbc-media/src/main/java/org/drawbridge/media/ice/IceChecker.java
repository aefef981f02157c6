package org.drawbridge.media.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a full agent with one component and one host candidate for each family sends (RFC
 * 8445 6 and 7), and afterwards those that ask for consent (RFC 7675 5.1). {@link IceLiteAgent}
 * answers the peer's. In control it nominates the first pair that works.
 *
 * <p>Whoever writes a description names the addresses that are checked, so all is bounded: {@link
 * #MAX_PAIRS} addresses, {@link #MAX_SENDS} requests to each, one request in {@link #PACE_NANOS}.
 * Pure state; time is an argument.
 */
public final class IceChecker {

  /** Addresses remembered from which authentic checks came, the latest. */
  private static final int MAX_SOURCES = 4;

  /** Addresses that are checked: the description's, and the latest that its checks come from. */
  public static final int MAX_PAIRS = IceTargets.MAX_CANDIDATES + MAX_SOURCES;

  /** How often one request is sent (RFC 8489 6.2.1). */
  static final int MAX_SENDS = 7;

  /** How often one is that nominates, as all others wait meanwhile: for 3.5 s. */
  private static final int MAX_NOMINATING = 3;

  /** Ta: the time between two requests (RFC 8445 14.2). */
  static final long PACE_NANOS = 50_000_000L;

  /** The first retransmission follows after so long, each further one after twice the time. */
  static final long RTO_NANOS = 500_000_000L;

  /** After the last retransmission an answer is awaited so long (RFC 8489 6.2.1). */
  private static final long LAST_WAIT_NANOS = 16 * RTO_NANOS;

  /** The mean time between two checks of consent. */
  private static final long CONSENT_NANOS = 5_000_000_000L;

  /** A pair that has worked has ceased to once so many checks in turn were not answered. */
  private static final int MAX_MISSED = 3;

  /** That of a peer-reflexive candidate (RFC 8445 7.1.1): the answer may show one. */
  private static final int PRIORITY = 110 << 24 | 65_535 << 8 | 255;

  private static final int ROLE_CONFLICT = 487;

  /** What a response showed. */
  public enum Result {
    /** Nothing: it answers no check of ours, or refuses one. */
    NONE,
    /** The pair works. */
    VALID,
    /** The pair works, and is the one to be used. */
    NOMINATED
  }

  private enum State {
    WAITING,
    IN_PROGRESS,
    SUCCEEDED
  }

  /** A pair of our socket and an address of the peer. */
  private static final class Pair {
    private final InetSocketAddress remote;
    private final boolean reflexive;
    private State state = State.WAITING;
    private byte[] transaction = new byte[0];
    private boolean sentControlling;
    private boolean triggered;
    private boolean nominatedByPeer;
    private int sends;
    private int missed;
    private long dueNanos;

    Pair(InetSocketAddress remote, boolean reflexive) {
      this.remote = remote;
      this.reflexive = reflexive;
    }

    boolean works() {
      return state == State.SUCCEEDED && missed <= MAX_MISSED;
    }
  }

  private final RandomGenerator random;
  private final List<Pair> pairs = new ArrayList<>(2);
  private final Set<InetSocketAddress> sources = new LinkedHashSet<>();
  private long tieBreaker;
  private byte[] username = new byte[0];
  private @Nullable MessageIntegrity key;
  private boolean peerIsLite;
  private boolean controlling;
  private boolean roleKnown;

  /** The pair we nominate or have nominated, or the peer has. */
  private @Nullable Pair chosen;

  private boolean settled;
  private long paceNanos;

  /** A checker that knows of no peer yet, with a secure source of transaction ids. */
  public IceChecker(RandomGenerator random) {
    this.random = random;
    tieBreaker = random.nextLong();
  }

  /**
   * Begins to check a peer, or anew after a restart (RFC 8445 9), when the role stays.
   *
   * @param username the peer's user name fragment, a colon and ours
   * @param password the peer's
   */
  public void begin(String username, String password, IceTargets targets, long nowNanos) {
    this.username = username.getBytes(StandardCharsets.UTF_8);
    key = new MessageIntegrity(password);
    peerIsLite = targets.lite();
    // RFC 8445 6.1.1: who made the first offer controls, and always the full one of full and lite.
    controlling = peerIsLite || (roleKnown ? controlling : targets.answer());
    roleKnown = true;
    pairs.clear();
    targets.candidates().stream()
        .limit(IceTargets.MAX_CANDIDATES)
        .forEach(address -> pairs.add(new Pair(address, false)));
    chosen = null;
    settled = false;
    paceNanos = nowNanos - PACE_NANOS;
    // Checks outrun descriptions, and a peer behind a NAT may send no more once it was answered.
    List.copyOf(sources).forEach(source -> onRequest(source, false, nowNanos));
  }

  /** Whether we nominate, and not the peer. */
  public boolean isControlling() {
    return controlling;
  }

  /** Whether a pair has been found and nominated. */
  public boolean isSettled() {
    return settled;
  }

  /**
   * Whether a request, known to be authentic, has to be refused with 487 because its sender must
   * change its role; where we must, we have (RFC 8445 7.3.1.1).
   */
  boolean conflicts(StunView request) {
    int same = controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED;
    if (!roleKnown || !request.has(same)) {
      return false;
    }
    boolean ours = Long.compareUnsigned(tieBreaker, request.tieBreaker(same)) >= 0;
    if (peerIsLite || ours == controlling) {
      return true;
    }
    takeRole(!controlling);
    return false;
  }

  private void takeRole(boolean control) {
    controlling = control;
    if (!settled) {
      chosen = null;
      pairs.stream().filter(Pair::works).findFirst().ifPresent(this::found);
    }
  }

  /**
   * The peer has sent an authentic check: so we check where it came from (RFC 8445 7.3.1.4).
   *
   * @return whether it nominates a pair that works; another that it nominated before is left
   */
  boolean onRequest(InetSocketAddress source, boolean nominates, long nowNanos) {
    remember(source);
    Pair pair = roleKnown ? pairOf(source) : null;
    if (pair == null) {
      return false;
    }
    boolean nominated = nominates && !controlling;
    pair.nominatedByPeer |= nominated;
    if (pair.works()) {
      return nominated && settle(pair);
    }
    if (pair.state == State.SUCCEEDED) {
      pair.state = State.WAITING;
    }
    pair.triggered = true;
    if (pair.sends > 1 && pair != chosen) {
      // The way is open now. It stays one transaction: an answer to it may be under way.
      pair.sends = 1;
      pair.dueNanos = nowNanos;
    }
    pairs.remove(pair);
    pairs.addFirst(pair);
    return false;
  }

  private void remember(InetSocketAddress source) {
    if (sources.add(source) && sources.size() > MAX_SOURCES) {
      sources.remove(sources.iterator().next());
    }
  }

  private @Nullable Pair pairOf(InetSocketAddress remote) {
    for (Pair pair : pairs) {
      if (pair.remote.equals(remote)) {
        return pair;
      }
    }
    if (remote instanceof StreamAddress) {
      return null;
    }
    if (pairs.size() == MAX_PAIRS) {
      makeRoom();
    }
    pairs.add(new Pair(remote, true));
    return pairs.getLast();
  }

  /** A peer whose NAT gives it ever new addresses has left the one it first checked from. */
  private void makeRoom() {
    pairs.reversed().stream()
        .filter(pair -> pair.reflexive && pair != chosen)
        .findFirst()
        .ifPresent(pairs::remove);
  }

  /** It leads nowhere any more: so all are checked again, and the first that works is taken. */
  private void leave(Pair pair, long nowNanos) {
    if (pair == chosen) {
      pairs.forEach(each -> each.dueNanos = nowNanos);
      chosen = null;
      settled = false;
    }
  }

  private boolean settle(Pair pair) {
    chosen = pair;
    settled = true;
    return true;
  }

  /**
   * Writes the next request that is due. Called a few times a second, and after each call that may
   * make one due.
   *
   * @return where it is to be sent; null when there is none to send now
   */
  public @Nullable InetSocketAddress next(long nowNanos, StunWriter request) {
    MessageIntegrity secret = key;
    if (secret == null || nowNanos - paceNanos < PACE_NANOS) {
      return null;
    }
    for (Pair pair : pairs) {
      if (isDue(pair, nowNanos)) {
        paceNanos = nowNanos;
        send(pair, nowNanos);
        write(pair, secret, request);
        return pair.remote;
      }
    }
    return null;
  }

  private boolean isDue(Pair pair, long nowNanos) {
    if (chosen != null && pair != chosen && (controlling || !pair.triggered)) {
      return false;
    }
    return switch (pair.state) {
      case WAITING -> true;
      case IN_PROGRESS, SUCCEEDED -> nowNanos - pair.dueNanos >= 0;
    };
  }

  /**
   * What nobody answers is begun anew: while it rings the peer may not know our description yet, or
   * may have taken none before the last.
   */
  private void send(Pair pair, long nowNanos) {
    int most = pair == chosen ? MAX_NOMINATING : MAX_SENDS;
    if (pair.state == State.IN_PROGRESS && pair.sends == most) {
      pair.state = State.WAITING;
      leave(pair, nowNanos);
    }
    if (pair.state != State.IN_PROGRESS) {
      pair.transaction = new byte[12];
      random.nextBytes(pair.transaction);
      pair.sends = 0;
      pair.sentControlling = controlling;
    }
    pair.sends++;
    if (pair.state == State.SUCCEEDED) {
      pair.missed++;
      if (!pair.works()) {
        leave(pair, nowNanos);
      }
      // RFC 7675 5.1: a new transaction each time, not in step with others.
      pair.dueNanos = nowNanos + CONSENT_NANOS * (80 + random.nextInt(41)) / 100;
      return;
    }
    pair.state = State.IN_PROGRESS;
    long wait = pair.sends == MAX_SENDS ? LAST_WAIT_NANOS : RTO_NANOS << (pair.sends - 1);
    pair.dueNanos = nowNanos + wait;
  }

  private void write(Pair pair, MessageIntegrity secret, StunWriter request) {
    byte[] tie = ByteBuffer.allocate(8).putLong(tieBreaker).array();
    request
        .begin(Stun.BINDING_REQUEST, pair.transaction)
        .attribute(Stun.USERNAME, username)
        .attribute(Stun.PRIORITY, ByteBuffer.allocate(4).putInt(PRIORITY).array())
        .attribute(pair.sentControlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED, tie);
    if (pair.sentControlling && pair == chosen) {
      request.attribute(Stun.USE_CANDIDATE, new byte[0]);
    }
    request.integrity(secret).fingerprint();
  }

  /** Judges a response: it counts from where the request went, and with the peer's password. */
  public Result onResponse(StunView response, InetSocketAddress source, long nowNanos) {
    MessageIntegrity secret = key;
    Pair pair = checkedBy(response, source);
    if (secret == null
        || pair == null
        || (response.has(Stun.FINGERPRINT) && !response.hasValidFingerprint())
        || !response.isIntact(secret)) {
      return Result.NONE;
    }
    return response.type() == Stun.BINDING_SUCCESS
        ? succeeded(pair, nowNanos)
        : refused(pair, response.errorCode());
  }

  /** Found before anything is hashed: a flood of forged responses must not cost us that. */
  private @Nullable Pair checkedBy(StunView response, InetSocketAddress source) {
    for (Pair pair : pairs) {
      if (response.isTransaction(pair.transaction) && pair.remote.equals(source)) {
        return pair;
      }
    }
    return null;
  }

  private Result succeeded(Pair pair, long nowNanos) {
    boolean first = pair.state != State.SUCCEEDED;
    boolean byPeer = pair.nominatedByPeer && (first || chosen == null || chosen == pair);
    boolean nominated = byPeer || (pair == chosen && pair.sentControlling);
    pair.transaction = new byte[0];
    if (first) {
      pair.dueNanos = nowNanos + CONSENT_NANOS;
    }
    pair.state = State.SUCCEEDED;
    pair.missed = 0;
    if (nominated && (chosen == null || chosen == pair || !controlling)) {
      settle(pair);
      return Result.NOMINATED;
    }
    found(pair);
    return Result.VALID;
  }

  /** A pair works: in control we nominate the first that does, with a check of its own. */
  private void found(Pair pair) {
    if (controlling && chosen == null) {
      chosen = pair;
      pair.state = State.WAITING;
    }
  }

  /** Other errors than that of roles may mean that our description is still on its way. */
  private Result refused(Pair pair, int code) {
    if (code == ROLE_CONFLICT && !peerIsLite && pair.state == State.IN_PROGRESS) {
      if (pair.sentControlling == controlling) {
        takeRole(!controlling);
        tieBreaker = random.nextLong();
      }
      pair.state = State.WAITING;
    }
    return Result.NONE;
  }

  /** Why there is no path while nothing has been answered. */
  String unanswered() {
    return pairs.isEmpty()
        ? "no ICE check from the peer, which names no address that we can check"
        : "no answer to ICE checks of the " + pairs.size() + " address(es) of the peer";
  }
}
