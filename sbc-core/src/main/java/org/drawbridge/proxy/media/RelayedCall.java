package org.drawbridge.proxy.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Timer;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.metrics.Counters;
import org.drawbridge.metrics.Limit;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The media of one call that is passed on. Confined to its loop. */
public final class RelayedCall {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.proxy");

  /** Dialogs of one INVITE that are told apart. */
  private static final int MAX_TAGS = 32;

  /** How long a caller has for its ACK before it gets no media without having sent any, in ms. */
  private static final long ACK_MILLIS = 1_500;

  private final RelayedCalls calls;
  private final String id;
  private final SipRequest invite;
  private final boolean offered;
  private final MediaSession session;
  private final List<RelayedBranch> branches = new ArrayList<>(1);
  private final Map<String, RelayedBranch> byTag = new HashMap<>(2);
  private @Nullable MediaLeg caller;
  private @Nullable RelayedBranch answered;

  /** The branch whose session was changed before it was answered. */
  private @Nullable RelayedBranch changed;

  private @Nullable Timer expiry;
  private @Nullable Timer ackDue;
  private boolean hasRequested;
  private boolean closed;
  private boolean unreached;
  private Runnable whenClosed = () -> {};

  RelayedCall(RelayedCalls calls, String id, SipRequest invite, boolean offered) {
    this.calls = calls;
    this.id = id;
    this.invite = invite;
    this.offered = offered;
    this.session = calls.open(invite.callId(), this::onMedia);
    expire(SessionHint.lifetimeMillis(SessionHint.LONGEST_SECONDS));
  }

  Counters counters() {
    return calls.counters();
  }

  /** What our Record-Route calls it. */
  public String id() {
    return id;
  }

  /** Who wants to know when nothing is relayed any more. */
  public void whenClosed(Runnable task) {
    whenClosed = task;
  }

  SipRequest invite() {
    return invite;
  }

  /** Whether the INVITE has the offer. */
  boolean hasOffer() {
    return offered;
  }

  void callerIs(MediaLeg leg) {
    caller = leg;
  }

  MediaLeg caller() {
    if (caller == null) {
      throw new IllegalStateException("the call has no caller yet");
    }
    return caller;
  }

  /** One more place that the INVITE is sent to. */
  public RelayedBranch branch() {
    RelayedBranch branch = new RelayedBranch(this);
    branches.add(branch);
    return branch;
  }

  MediaLeg newLeg(LegKind kind, MediaPeer known, Flow flow) throws MediaUnavailableException {
    return session.newLeg("callee-" + branches.size(), kind, known, flow.remote().getAddress());
  }

  MediaLeg newCallerLeg(LegKind kind, MediaPeer known, Flow flow) throws MediaUnavailableException {
    return session.newLeg("caller", kind, known, flow.remote().getAddress());
  }

  LegPair pair(MediaLeg callee) {
    return new LegPair(session, caller(), callee);
  }

  /**
   * What a side gets in place of a description that is not relayed: what it was told last, or media
   * that is turned off. Never the description itself, which names the other side's address.
   *
   * @param told the side's leg; null where it has none of this dialog
   * @param sdp the description that it answers, or that it stands for
   */
  byte[] inPlaceOf(@Nullable MediaLeg told, String sdp) {
    String last = told != null && told.isNegotiated() ? told.localDescription() : null;
    return (last == null ? calls.turnedOff(sdp) : last).getBytes(StandardCharsets.UTF_8);
  }

  void release(MediaLeg leg) {
    session.release(leg);
  }

  /** A dialog of this INVITE has this remote tag. */
  void seen(String tag, RelayedBranch branch) {
    if (byTag.size() < MAX_TAGS) {
      byTag.putIfAbsent(tag, branch);
    }
  }

  /** Whether what a branch says counts: nobody else has answered or has changed the session. */
  boolean isOpenTo(RelayedBranch branch) {
    return !closed
        && (answered == null || answered == branch)
        && (changed == null || changed == branch);
  }

  void answered(RelayedBranch branch) {
    if (answered == null && !hasRequested) {
      ackDue = calls.loop().schedule(ACK_MILLIS, this::withhold);
    }
    answered = branch;
  }

  /** Whoever has called may not be who it says, nor want the media that it has sent to somebody. */
  private void withhold() {
    ackDue = null;
    caller().owesSign(true);
    counters().hit(Limit.UNACKNOWLEDGED_MEDIA);
  }

  /** A request within the call, whose name in Route is told to who is there alone. */
  void requested(SipRequest request) {
    if (!hasRequested && isCaller(request.fromTag())) {
      hasRequested = true;
      stopAckDue();
      caller().owesSign(false);
    }
  }

  private void stopAckDue() {
    if (ackDue != null) {
      ackDue.cancel();
      ackDue = null;
    }
  }

  boolean isAnsweredBy(RelayedBranch branch) {
    return answered == branch;
  }

  /** Whether the caller's session is that of one branch, so that it may be changed. */
  boolean mayChange(RelayedBranch branch) {
    return isOpenTo(branch) && (answered != null || branches.size() == 1);
  }

  void changing(RelayedBranch branch) {
    if (answered == null) {
      changed = branch;
    }
  }

  /** Whether this is the tag of who called. */
  boolean isCaller(@Nullable String tag) {
    return tag != null && tag.equals(invite.fromTag());
  }

  /** The branch of the dialog with this remote tag. */
  @Nullable RelayedBranch branch(String tag) {
    return byTag.get(tag);
  }

  /** The INVITE that began it has its final response, or none will come (0). */
  public void ended(int status) {
    if (status >= 200 && status < 300) {
      branches.stream().filter(branch -> branch != answered).forEach(RelayedBranch::release);
    } else {
      close("status " + status);
    }
  }

  /** A success of an INVITE or UPDATE says how long the session lasts (RFC 4028 section 8.2). */
  void refreshed(SipResponse success) {
    expire(SessionHint.lifetimeMillis(success));
  }

  private void expire(long millis) {
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
    if (!closed) {
      expiry = calls.loop().schedule(millis, () -> close("its session has expired"));
    }
  }

  /** A description cannot be relayed; with that of a final answer the call has no media of ours. */
  void unusable(MediaLeg from, String reason, boolean isFinal) {
    LOG.warn(
        "proxy.media call-id={} leg={} unusable=\"{}\"", invite.callId(), from.label(), reason);
    if (isFinal && !from.isNegotiated()) {
      close("no usable answer");
    }
  }

  private void onMedia(MediaEvent event) {
    boolean counts = event.leg() == caller || answered != null && answered.has(event.leg());
    if (answered == null || !counts) {
      return;
    }
    switch (event) {
      case MediaEvent.Key _, MediaEvent.PictureWanted _ -> {
        // Signalling of this call is not ours: what both sides have to say there they say there.
      }
      case MediaEvent.Started(MediaLeg leg) ->
          LOG.debug("proxy.media call-id={} leg={} started", invite.callId(), leg.label());
      case MediaEvent.Played(MediaLeg leg, var problem) ->
          LOG.warn("proxy.media call-id={} leg={}: {}", invite.callId(), leg.label(), problem);
      case MediaEvent.Failed(MediaLeg leg, String reason) ->
          close("media of " + leg.label() + " failed: " + reason);
      case MediaEvent.Unreached(MediaLeg leg, String missing) -> {
        // Some peers take no early answer: the first may be of the time before the final one.
        if (unreached) {
          close("media of " + leg.label() + " failed: " + missing);
        }
        unreached = true;
      }
      case MediaEvent.Silent(MediaLeg leg, long millis) -> {
        calls.silent();
        close("no media from " + leg.label() + " for " + millis / 1000 + " s");
      }
    }
  }

  /** Releases everything; requests of the call still pass, as long as they do not need media. */
  void close(String why) {
    if (!closed) {
      closed = true;
      stopAckDue();
      if (expiry != null) {
        expiry.cancel();
      }
      session.close();
      calls.forget(this);
      whenClosed.run();
      LOG.info("proxy.media-ended call-id={} reason=\"{}\"", invite.callId(), why);
    }
  }
}
