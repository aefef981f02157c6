package org.drawbridge.sip.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Stops those who guess passwords without locking an office out. An address that nobody has logged
 * in from is locked as a whole; one that somebody has logged in from lately is locked only for the
 * account that keeps failing, so that one phone with an old password does not silence its
 * neighbours behind the same NAT. An IPv6 address counts as its /64, which is what one customer
 * has. Thread-safe, bounded.
 */
public final class LoginGuard {

  /**
   * Bounded for all sources together, not for each: refusals have used up the share of this one.
   */
  private static final Logger LOG = LogManager.getLogger("org.drawbridge.refused.login");

  private static final Duration KNOWN_FOR = Duration.ofHours(2);

  /** What is known is noted again only after this, in ms: a note costs more than a look. */
  private static final long NOTE_EVERY_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final int PREFIX_BYTES = 8;

  /**
   * More of what a stranger writes is neither remembered nor logged: no account has such a name.
   */
  private static final int LONGEST_NAME = 64;

  /**
   * Whoever fails: one account at an address, or with an empty name the address as a whole.
   * Comparable, so that a hash map stays logarithmic when strangers make all names collide.
   */
  private record Suspect(InetAddress source, String user) implements Comparable<Suspect> {

    private static final Comparator<Suspect> ORDER =
        Comparator.comparing(Suspect::user)
            .thenComparing(suspect -> suspect.source().getAddress(), Arrays::compare);

    Suspect {
      user = shortened(user);
    }

    @Override
    public int compareTo(Suspect other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Who is locked out.
   *
   * @param source an address, or the /64 of an IPv6 address
   * @param account the name of the account that may not try there; empty if none may
   * @param left how long yet
   */
  public record Lockout(InetAddress source, String account, Duration left) {}

  private final FailureLimiter<Suspect> limiter;
  private final InstantSource clock;

  /** When each address was noted, in ms. */
  private final Cache<InetAddress, Long> known;

  private final LongAdder refused = new LongAdder();

  /**
   * Sets the bounds.
   *
   * @param max failures that are still forgiven; 0 locks nobody out
   * @param within the time they are counted over
   * @param lock how long it stays locked
   * @param capacity how many addresses are remembered
   */
  public LoginGuard(int max, Duration within, Duration lock, int capacity, InstantSource clock) {
    this.clock = clock;
    limiter = new FailureLimiter<>(max, within, lock, capacity, clock);
    known =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(capacity)
            .expireAfterWrite(KNOWN_FOR)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  /** Counts by other bounds from now on; who is locked out stays so for as long as was said. */
  public void change(int max, Duration within, Duration lock) {
    limiter.change(max, within, lock);
  }

  /**
   * Whether this account may not try from this address now.
   *
   * @param user empty where no account is named
   */
  public boolean isLocked(InetAddress address, String user) {
    InetAddress source = customer(address);
    boolean locked =
        (!user.isEmpty() && limiter.isLocked(new Suspect(source, user)))
            || (!isKnown(source) && limiter.isLocked(new Suspect(source, "")));
    if (locked) {
      refused.increment();
    }
    return locked;
  }

  /** How often somebody was found locked out. */
  public long refused() {
    return refused.sum();
  }

  /**
   * Counts one failure. Returns whether this one locks the account or the address.
   *
   * @param user empty where no account is named: that is a failure of the address alone
   */
  public boolean failed(InetAddress address, String user) {
    InetAddress source = customer(address);
    boolean account = !user.isEmpty() && limiter.failed(new Suspect(source, user));
    boolean all = !isKnown(source) && limiter.failed(new Suspect(source, ""));
    if (account || all) {
      LOG.info(
          "login.locked source={} account={}: too many wrong passwords",
          source.getHostAddress(),
          all ? "any" : '"' + shown(user) + '"');
    }
    return account || all;
  }

  /** As much of a name that a stranger wrote as an account can have. */
  static String shortened(String user) {
    return user.substring(0, Math.min(user.length(), LONGEST_NAME));
  }

  /**
   * The same as it may stand between quotes. Programs that ban addresses look for keys with a
   * value, so that a name must not have any: it would ban whomever it says.
   */
  static String shown(String user) {
    return shortened(user).replace("\\", "\\\\").replace("\"", "\\\"").replace('=', '?');
  }

  /** All who are locked out now. */
  public List<Lockout> lockouts() {
    return limiter.locked().entrySet().stream()
        .map(
            locked ->
                new Lockout(
                    locked.getKey().source(),
                    locked.getKey().user(),
                    Duration.ofMillis(locked.getValue())))
        .toList();
  }

  /** Lets an address and each account there try again. Returns whether it was locked out. */
  public boolean lift(InetAddress address) {
    InetAddress source = customer(address);
    List<Lockout> all =
        lockouts().stream().filter(lockout -> lockout.source().equals(source)).toList();
    all.forEach(lockout -> limiter.forgive(new Suspect(source, lockout.account())));
    return !all.isEmpty();
  }

  /** Somebody has logged in. */
  public void succeeded(InetAddress address, String user) {
    InetAddress source = customer(address);
    long now = clock.millis();
    Long noted = known.getIfPresent(source);
    if (noted == null || now - noted >= NOTE_EVERY_MILLIS) {
      known.put(source, now);
    }
    limiter.forgive(new Suspect(source, user));
  }

  private boolean isKnown(InetAddress source) {
    return known.getIfPresent(source) != null;
  }

  private static InetAddress customer(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] prefix = address.getAddress();
    Arrays.fill(prefix, PREFIX_BYTES, prefix.length, (byte) 0);
    try {
      return InetAddress.getByAddress(prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an IPv6 address", e);
    }
  }
}
