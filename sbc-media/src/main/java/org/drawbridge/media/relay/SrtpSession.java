package org.drawbridge.media.relay;

import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of one transport's SRTP. Owned by a media loop.
 *
 * @param keys what it is keyed with
 * @param sender protects what we send
 * @param receiver unprotects what the peer sends
 */
record SrtpSession(SrtpKeys keys, SrtpSender sender, SrtpReceiver receiver) {

  /**
   * A session under these keys. A direction whose key did not change keeps its state: starting its
   * rollover counter anew would lose the stream and repeat nonces (RFC 3711 3.3.1, 9.1). That of a
   * peer may go on under its new key.
   */
  static SrtpSession rekey(@Nullable SrtpSession before, SrtpKeys keys) {
    boolean keepSender = before != null && before.keys.sameLocal(keys);
    SrtpReceiver heard = before == null ? null : before.receiver;
    boolean keepReceiver = before != null && before.keys.sameRemote(keys);
    if (heard != null && keepReceiver) {
      heard.onDescription();
    }
    return new SrtpSession(
        keys,
        before != null && keepSender ? before.sender : new SrtpSender(keys),
        heard != null && keepReceiver ? heard : new SrtpReceiver(keys, heard));
  }
}
