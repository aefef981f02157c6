package org.drawbridge.b2bua.leg;

import java.net.InetAddress;
import org.drawbridge.loop.Timer;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.NextHop;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a leg when its flow is gone. A peer that comes back is recognised by its
 * registration or by a request in the dialog; a page that left in order has little time for that,
 * since it has most likely ended; any other has longer, and as long as it likes while its media
 * still arrives.
 */
public final class FlowWatch {

  private final LegOwner call;
  private final Leg leg;

  /** The flow that the peer was registered over when that was last looked at. */
  private FlowId registered;

  private @Nullable Timer grace;
  private boolean moved;

  /** How long the peer has for coming back, in ms; 0 once it has had that. */
  private long patience;

  FlowWatch(LegOwner call, Leg leg) {
    this.call = call;
    this.leg = leg;
    this.registered = leg.flow().id();
    this.patience = call.services().limits().lostGraceMillis();
  }

  /** How long a peer whose flow is gone may still come back, in ms; 0 if it will not. */
  long patience() {
    return leg.peer() instanceof Peer.Account ? patience : 0;
  }

  /**
   * Whether requests of the dialog are not taken on this flow: it is without TLS, the dialog is
   * over TLS, and the peer is not known there. The tags alone prove little, since a REFER tells
   * them to others.
   */
  public boolean isForeign(Flow flow) {
    return leg.flow().transport().isSecure()
        && !flow.transport().isSecure()
        && !leg.peer().isKnownOn(flow, call.services().locations(), call.rules().trunks());
  }

  /** The peer came on this flow, or was found on it. */
  public void moveTo(Flow flow) {
    Flow from = leg.flow();
    if (!from.id().equals(flow.id())) {
      moved = true;
      leg.dialog().moveTo(flow);
      call.legs().moved(leg, from, flow);
      call.moved(leg);
      tellMedia(from.remote().getAddress(), flow.remote().getAddress());
    }
    stop();
  }

  private void tellMedia(InetAddress before, InetAddress now) {
    if (!now.equals(before)) {
      leg.media().moved(now);
    }
  }

  /** Whether the peer has come on another flow since this was last asked. */
  public boolean takeMove() {
    boolean was = moved;
    moved = false;
    return was;
  }

  /** The flow is gone: the peer is looked for, now and once more when its grace is over. */
  public void onClosed(CloseCause cause, String why) {
    if (!isReachable() && !(leg.peer() instanceof Peer.OfTrunk)) {
      await(cause, why);
    }
  }

  private void await(CloseCause cause, String why) {
    stop();
    CallLimits limits = call.services().limits();
    patience = hasLeft(cause) ? limits.leftGraceMillis() : limits.lostGraceMillis();
    long heard = leg.media().stats().packetsReceived();
    grace = call.services().loop().schedule(patience, () -> onGraceOver(cause, why, heard));
  }

  private void onGraceOver(CloseCause cause, String why, long heard) {
    grace = null;
    if (isReachable()) {
      return;
    }
    if (!hasLeft(cause) && leg.media().stats().packetsReceived() > heard) {
      await(cause, why);
      return;
    }
    Destination proxy = NextHop.proxy(leg.dialog(), leg.peer());
    if (proxy == null) {
      end(why);
    } else {
      CallServices services = call.services();
      services.flows().obtain(proxy, services.loop(), result -> onProxy(result, why));
    }
  }

  /**
   * A call that is held is silent, so all that shows whether it can go on is that its proxy is
   * there: over that connection it is asked in time whether it still knows the call.
   */
  private void onProxy(FlowResult result, String why) {
    if (!call.has(leg) || leg.flow().isOpen()) {
      return;
    }
    switch (result) {
      case FlowResult.Obtained(Flow flow) -> moveTo(flow);
      case FlowResult.Unreachable _ -> end(why);
    }
  }

  private void end(String why) {
    patience = 0;
    call.end(EndCause.gone(leg, "The connection to " + leg.name() + " is gone: " + why));
  }

  /**
   * Only a page that is closed closes its WebSocket. A phone closes its connection in order when it
   * sees its network go too, and keeps its calls; a proxy that does says nothing of the phone
   * behind it.
   */
  private boolean hasLeft(CloseCause cause) {
    boolean isPage =
        leg.flow().transport().isWebSocket() && NextHop.proxy(leg.dialog(), leg.peer()) == null;
    return isPage && cause == CloseCause.PEER_CLOSED;
  }

  /**
   * Whether the peer has an open flow; takes a new one if it has registered since. One over UDP
   * never says that it is gone, as when a NAT has forgotten it, and a connection only minutes after
   * its peer has left for another network: the peer is where it has registered last, unless it has
   * come from elsewhere after that.
   */
  boolean isReachable() {
    boolean isOpen = leg.flow().isOpen();
    Flow found = isOpen ? findMoved() : find();
    if (found != null) {
      registered = found.id();
      moveTo(found);
    }
    return isOpen || found != null;
  }

  private @Nullable Flow findMoved() {
    return leg.peer().isRegistered(registered, call.services().locations()) ? null : find();
  }

  private @Nullable Flow find() {
    return leg.peer().find(call.services().locations(), call.services().flows());
  }

  void stop() {
    if (grace != null) {
      grace.cancel();
      grace = null;
    }
  }
}
