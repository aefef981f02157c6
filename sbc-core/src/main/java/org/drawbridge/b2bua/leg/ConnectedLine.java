package org.drawbridge.b2bua.leg;

import java.util.Objects;
import org.drawbridge.policy.ConnectedIdentity;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who a leg's peer says that it is, and who it is told that it talks to (RFC 3325, RFC 5876). Only
 * phones are told, and only what a PBX says that we trust or that they have their account at. That
 * PBX is told of the phone's make, as in its REGISTER: some tell phones in ways that depend on it.
 * Used on the loop of its call only.
 */
public final class ConnectedLine {

  private final Leg leg;
  private @Nullable ConnectedIdentity heard;
  private @Nullable ConnectedIdentity told;
  private @Nullable NameAddr shown;
  private @Nullable String device;
  private @Nullable String shownDevice;
  private boolean changed;
  private boolean met;

  ConnectedLine(Leg leg) {
    this.leg = leg;
  }

  /** The peer has called, by this name. */
  public void begin(SipRequest invite) {
    heard = ConnectedIdentity.ofCaller(invite);
  }

  /** Takes what a message of the peer says of who is there now. */
  public void hear(SipMessage message) {
    ConnectedIdentity named = ConnectedIdentity.of(message);
    if (named != null) {
      ConnectedIdentity now = heard == null ? named : heard.then(named);
      changed |= !now.equals(heard);
      heard = now;
    }
    String agent = message.headers().first(HeaderName.USER_AGENT);
    String said = agent == null ? message.headers().first(HeaderName.SERVER) : agent;
    device = said == null ? device : said;
  }

  /** Whether the peer has said that it is another than before, since this was asked last. */
  public boolean takeChange() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /**
   * What the peer is told from now on: who the other side says to be there.
   *
   * @return whether that is another than it was told
   */
  public boolean show(Leg other) {
    shownDevice = leg.peer().isHomeOf(other.peer()) ? other.line().device : null;
    ConnectedIdentity identity = isBelieved(other.peer()) ? other.line().heard : null;
    if (met && identity == null) {
      return false; // what was told when they met is still true
    }
    return show(identity);
  }

  private boolean show(@Nullable ConnectedIdentity identity) {
    NameAddr before = shown;
    shown = identity == null ? null : shownTo(identity);
    told = shown == null ? null : identity;
    return shown != null && !Objects.equals(before, shown);
  }

  private @Nullable NameAddr shownTo(ConnectedIdentity identity) {
    return switch (leg.peer()) {
      case Peer.Account(var aor, _, var trunk) -> trunk == null ? identity.shownTo(aor) : null;
      case Peer.Inner() -> identity.inside();
      case Peer.OfTrunk _, Peer.Stranger _ -> null;
    };
  }

  /**
   * Another has come to the other side by a transfer: who says to be there, where that is believed,
   * else whom we have called for it.
   *
   * @return whether that is another than the peer was told, or had called or was called by
   */
  public boolean meet(Leg other) {
    met = true;
    ConnectedIdentity before = known();
    boolean isCalled = !isBelieved(other.peer()) || other.line().heard == null;
    boolean isNew;
    if (isCalled && !(other.peer() instanceof Peer.Inner)) {
      isNew = show(ConnectedIdentity.shownAs(other.dialog().remote()));
    } else {
      isNew = show(other);
    }
    return isNew && !known().equals(before);
  }

  /** Whom the peer takes the other side for: who it was told, has called or was called by. */
  public ConnectedIdentity known() {
    return told == null ? ConnectedIdentity.shownAs(leg.dialog().local()) : told;
  }

  /** The peer, another call of ours, is told of our side by what somebody knew who leaves it. */
  public void introduce(ConnectedIdentity side) {
    show(side);
  }

  private boolean isBelieved(Peer other) {
    Trunk trunk = other.trunk();
    return other instanceof Peer.Inner
        || other.isHomeOf(leg.peer())
        || trunk != null && trunk.rights().trusted();
  }

  /**
   * Tells the peer now, by a request that changes nothing else. Browsers show what their page knows
   * and need no new offer for it.
   */
  public void tell() {
    if (leg.allowsUpdate() || !leg.media().kind().isWebRtc()) {
      SessionRefresh.tell(leg.call(), leg);
    }
  }

  /** Writes whom the peer talks to into a message to it. */
  void describe(MessageBuilder<? extends SipMessage> out) {
    if (told != null && leg.peer() instanceof Peer.Inner) {
      told.pass(out);
    } else if (shown != null) {
      out.header(HeaderName.P_ASSERTED_IDENTITY, shown.toString());
    }
    if (shownDevice != null) {
      out.header(HeaderName.USER_AGENT, shownDevice);
    }
  }
}
