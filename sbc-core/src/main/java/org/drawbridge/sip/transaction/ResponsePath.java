package org.drawbridge.sip.transaction;

import org.jspecify.annotations.Nullable;

/** The way back to the sender of a request. Confined to its loop. */
public interface ResponsePath {

  /**
   * Sends on a response that came from elsewhere, under the rules of {@link
   * ServerTransaction#respond}.
   *
   * @param status its status
   * @param toTag its To tag, null if it has none
   * @param response its bytes, our Via already taken off; not to be changed any more
   */
  void forward(int status, @Nullable String toTag, byte[] response);
}
