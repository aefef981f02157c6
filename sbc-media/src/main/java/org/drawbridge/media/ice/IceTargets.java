package org.drawbridge.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a full agent has to know of the peer it checks, beside its credentials.
 *
 * @param lite whether the peer sends no checks itself ({@code a=ice-lite})
 * @param answer whether it answers an offer of ours, so that we control
 * @param candidates where it may be reached, the most preferred first; each is named once
 */
public record IceTargets(boolean lite, boolean answer, List<InetSocketAddress> candidates) {

  /** As many candidates of one peer are checked, of those that can be reached. */
  public static final int MAX_CANDIDATES = 8;

  /** Keeps each candidate once. */
  public IceTargets {
    candidates = candidates.stream().distinct().toList();
  }

  /**
   * Of these the ones that can be reached from a socket.
   *
   * @param answers whether they come in an answer to an offer of ours
   * @param ours addresses of the socket
   */
  public IceTargets from(List<InetSocketAddress> ours, boolean answers) {
    return new IceTargets(lite, answers, candidates)
        .where(one -> ours.stream().anyMatch(own -> isAlike(own, one.getAddress())));
  }

  /** Of these the ones that may be checked. */
  public IceTargets where(Predicate<InetSocketAddress> allowed) {
    return new IceTargets(lite, answer, candidates.stream().filter(allowed).toList());
  }

  private static boolean isAlike(InetSocketAddress own, InetAddress other) {
    return own.getAddress().getAddress().length == other.getAddress().length;
  }
}
