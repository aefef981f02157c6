package org.drawbridge.sip.transaction;

import org.jspecify.annotations.Nullable;

/** The way back to the sender of a request. Confined to its loop. */
public interface ResponsePath {

  /**
   * Sends on a response that came from elsewhere, under the rules of {@link
   * ServerTransaction#respond}, except that every 2xx to an INVITE is sent: after a failure, and
   * once the transaction is gone, without changing what is repeated and waited for (RFC 3261
   * section 16.7 items 5 and 9). Whoever answered is in a call that only the sender of the INVITE
   * can end.
   *
   * @param status its status
   * @param toTag its To tag, null if it has none
   * @param response its bytes, our Via already taken off; not to be changed any more
   */
  void forward(int status, @Nullable String toTag, byte[] response);
}
