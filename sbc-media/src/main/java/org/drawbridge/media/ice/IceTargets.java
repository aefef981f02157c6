package org.drawbridge.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a full agent has to know of the peer it checks, beside its credentials.
 *
 * @param lite whether the peer sends no checks itself ({@code a=ice-lite})
 * @param answer whether it answers an offer of ours, so that we control
 * @param candidates where it may be reached, the most preferred first
 */
public record IceTargets(boolean lite, boolean answer, List<InetSocketAddress> candidates) {

  /** Candidates of one peer that are checked. */
  public static final int MAX_CANDIDATES = 8;

  /** Keeps as many candidates as are checked. */
  public IceTargets {
    candidates = candidates.stream().distinct().limit(MAX_CANDIDATES).toList();
  }

  /**
   * Of these the ones that can be reached from a socket.
   *
   * @param answers whether they come in an answer to an offer of ours
   * @param ours addresses of the socket
   */
  public IceTargets from(List<InetSocketAddress> ours, boolean answers) {
    List<InetSocketAddress> reached =
        candidates.stream()
            .filter(one -> ours.stream().anyMatch(own -> isAlike(own, one.getAddress())))
            .toList();
    return new IceTargets(lite, answers, reached);
  }

  private static boolean isAlike(InetSocketAddress own, InetAddress other) {
    return own.getAddress().getAddress().length == other.getAddress().length;
  }
}
