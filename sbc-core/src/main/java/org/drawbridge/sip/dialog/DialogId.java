package org.drawbridge.sip.dialog;

import java.util.Comparator;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a dialog (RFC 3261 section 12), seen from here. Comparable, so that a hash map of
 * peers' choices stays logarithmic when all hashes collide.
 *
 * @param callId the Call-ID
 * @param localTag our tag
 * @param remoteTag the peer's tag; empty for a peer from before RFC 3261 that has none
 */
public record DialogId(String callId, String localTag, String remoteTag)
    implements Comparable<DialogId> {

  private static final Comparator<DialogId> ORDER =
      Comparator.comparing(DialogId::callId)
          .thenComparing(DialogId::localTag)
          .thenComparing(DialogId::remoteTag);

  /** The dialog a request that came in belongs to: our tag is in To. Null if it is outside any. */
  public static @Nullable DialogId ofReceived(SipRequest request) {
    String localTag = request.toTag();
    return localTag == null
        ? null
        : new DialogId(request.callId(), localTag, orEmpty(request.fromTag()));
  }

  /**
   * The dialog a response that came in belongs to: our tag is in From. Null if it makes none, as a
   * 100.
   */
  public static @Nullable DialogId ofReceived(SipResponse response) {
    String localTag = response.fromTag();
    String remoteTag = response.toTag();
    return localTag == null || remoteTag == null
        ? null
        : new DialogId(response.callId(), localTag, remoteTag);
  }

  /** A tag, empty where a peer from before RFC 3261 has none. */
  public static String orEmpty(@Nullable String tag) {
    return tag == null ? "" : tag;
  }

  @Override
  public int compareTo(DialogId other) {
    return ORDER.compare(this, other);
  }
}
