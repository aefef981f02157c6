package org.drawbridge.proxy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Via;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request that has gone in a circle from one that came back changed, which is a spiral and
 * may go on (RFC 3261 section 16.3 item 4, RFC 5393 section 4.2): the branches we give end with a
 * hash of all that decides where a request goes. Used on one loop.
 */
final class LoopGuard {

  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final int HASH_DIGITS = 16;

  private final long seed = new SecureRandom().nextLong();

  /**
   * The hash of a request as it came.
   *
   * @param source who sent it, on whom its route depends: a PBX may send a call back for us to ring
   */
  long hash(SipRequest request, CallSource source) {
    long hash = mixed(seed, source.toString());
    hash = mixed(hash, request.requestUri().toString());
    hash = mixed(hash, request.callId());
    hash = mixed(hash, request.fromTag());
    hash = mixed(hash, request.toTag());
    hash = (hash ^ request.cseq().seq()) * MIX;
    for (var route : request.routes()) {
      hash = mixed(hash, route.toString());
    }
    return hash;
  }

  /** A fresh branch for a request with this hash. */
  String branch(long hash) {
    return Via.MAGIC_COOKIE + Tokens.tag() + '.' + HexFormat.of().toHexDigits(hash);
  }

  /** Whether a request with this hash has been here before. */
  boolean isLooping(SipRequest request, long hash) {
    List<Via> vias = request.vias();
    for (int i = 0; i < vias.size(); i++) {
      String branch = vias.get(i).branch();
      if (branch != null
          && branch.length() > HASH_DIGITS
          && branch.charAt(branch.length() - HASH_DIGITS - 1) == '.'
          && branch.endsWith(HexFormat.of().toHexDigits(hash))) {
        return true;
      }
    }
    return false;
  }

  private static long mixed(long hash, @Nullable String text) {
    long mixed = hash;
    for (int i = 0; text != null && i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100_0000_01B3L;
    }
    mixed = (mixed ^ mixed >>> 32) * MIX;
    return mixed ^ mixed >>> 29;
  }
}
