package org.drawbridge.b2bua;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.table.KeyedHash;

/**
 * Which INVITEs were refused a moment ago: of those that are answered without a transaction a
 * repeat comes here as if it were new, and is not to be told again. Of a fixed size; in a flood a
 * later one drives an earlier one out. Confined to its loop.
 */
final class RecentRefusals {

  private static final int PLACES = 1024;

  /** No client repeats an INVITE for longer (64*T1, RFC 3261 section 17.1.1.2), ms. */
  private static final long MEMORY = 32_000;

  private final KeyedHash hash = KeyedHash.random(new SecureRandom());
  private final long[] hashes = new long[PLACES];
  private final long[] since = new long[PLACES];

  /** Notes a refusal; false if it is a repeat. */
  boolean isNew(SipRequest invite, long now) {
    String same = invite.topVia().branch() + ' ' + invite.callId() + ' ' + invite.cseq();
    long own = hash.of(same.getBytes(StandardCharsets.UTF_8));
    int place = (int) own & (PLACES - 1);
    if (hashes[place] == own && now - since[place] < MEMORY) {
      return false;
    }
    hashes[place] = own;
    since[place] = now;
    return true;
  }
}
