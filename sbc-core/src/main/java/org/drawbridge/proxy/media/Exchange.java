package org.drawbridge.proxy.media;

import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.proxy.media.LegPair.Passed;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * The offer and answer of one request and its responses: the offer is in the request and its answer
 * in a response, or the offer is in the first reliable response and the answer in what acknowledges
 * that (RFC 3261 section 13.2.1, RFC 3262 section 5).
 */
final class Exchange implements SessionBodies {

  private final RelayedCall call;
  private final LegPair pair;

  /** The side that sent the request. */
  private final MediaLeg asking;

  /** The offer in the request as it came; null where it has none. */
  private final @Nullable String asked;

  /** What the other side gets of it. */
  private final byte @Nullable [] offer;

  /** Whether the offer that is open between the legs is this one. */
  private boolean opened;

  private boolean settled;
  private boolean failed;
  private @Nullable String last;
  private byte @Nullable [] lastPassed;

  Exchange(
      RelayedCall call,
      LegPair pair,
      MediaLeg asking,
      @Nullable String asked,
      byte @Nullable [] offer) {
    this.call = call;
    this.pair = pair;
    this.asking = asking;
    this.asked = asked;
    this.offer = offer;
    this.opened = offer != null;
  }

  @Override
  public void request(MessageCopy copy) {
    if (offer != null) {
      copy.content(Replies.SDP, offer);
    }
  }

  @Override
  public byte[] response(SipResponse response) {
    if (response.isSuccess()) {
      call.refreshed(response);
    }
    String sdp = Sdp.of(response);
    if (sdp == null) {
      return SessionBodies.withoutSdp(response);
    }
    byte[] body = failed ? null : passed(response, sdp);
    if (body == null && !SessionBodies.isReliable(response)) {
      return SessionBodies.withoutBody(response);
    }
    return SessionBodies.withSdp(response, body == null ? instead(sdp) : body);
  }

  private byte[] instead(String sdp) {
    return call.inPlaceOf(asking, asked == null ? sdp : asked);
  }

  /** A repeated response is passed on as it was; a session that is agreed on is not changed. */
  private byte @Nullable [] passed(SipResponse response, String sdp) {
    boolean reliable = SessionBodies.isReliable(response);
    if (settled || sdp.equals(last)) {
      settle(reliable);
      return lastPassed;
    }
    if (offer == null && !reliable) {
      return null;
    }
    MediaLeg asked = pair.other(asking);
    switch (offer == null ? pair.lateOffer(asked, sdp) : pair.answer(asked, sdp)) {
      case Passed.As(byte[] body) -> {
        opened = true;
        last = sdp;
        lastPassed = body;
        settle(reliable);
        return body;
      }
      case Passed.Refused(_, String reason) -> {
        call.unusable(asked, reason, response.isSuccess());
        return null;
      }
    }
  }

  private void settle(boolean reliable) {
    if (reliable && !settled) {
      settled = true;
      if (offer != null) {
        pair.settled();
      }
    }
  }

  @Override
  public void ended(int status) {
    boolean agreed = status >= 200 && status < 300 && settled;
    if (opened && !agreed) {
      failed = true; // a success that comes late finds no offer to answer any more
      pair.rollback();
    }
  }
}
