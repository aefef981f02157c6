package org.drawbridge.media.session;

import java.security.SecureRandom;
import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.relay.LocalMedia;
import org.drawbridge.media.relay.RemoteMedia;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.jspecify.annotations.Nullable;

/**
 * RTP as it is, or as SRTP keyed by {@code a=crypto}, whichever the peer's last offer asked for: a
 * PBX changes from one to the other when it connects the call with another of its phones.
 */
final class PhoneProfile implements LegProfile {

  private final LocalMedia local;
  private final SecureRandom random;
  private final RtpProfile plain;
  private @Nullable SdesProfile secure;
  private LegProfile inUse;

  /** One that begins with one of both in offers of ours. */
  PhoneProfile(LocalMedia local, SecureRandom random, boolean encrypts) {
    this.local = local;
    this.random = random;
    plain = new RtpProfile(local);
    inUse = encrypts ? secure() : plain;
  }

  /** What is in use. */
  LegKind kind() {
    return inUse == plain ? LegKind.RTP : LegKind.SDES;
  }

  private SdesProfile secure() {
    SdesProfile made = secure == null ? new SdesProfile(local, random) : secure;
    secure = made;
    return made;
  }

  private LegProfile asked(boolean encrypts) {
    return encrypts ? secure() : plain;
  }

  private LegProfile asked(PeerTransport peer) {
    return asked(!peer.cryptos().isEmpty());
  }

  @Override
  public String protocol() {
    return inUse.protocol();
  }

  @Override
  public @Nullable String refusal(String protocol, PeerTransport peer, boolean answer) {
    LegProfile wanted = answer ? inUse : asked(LegKinds.isSecure(protocol));
    return wanted.refusal(protocol, peer, answer);
  }

  @Override
  public List<SdpLine> offerLines(Direction ours) {
    return inUse.offerLines(ours);
  }

  @Override
  public List<SdpLine> answerLines(Direction ours, PeerTransport offer) {
    return asked(offer).answerLines(ours, offer);
  }

  @Override
  public RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow) {
    inUse = asked(peer);
    if (inUse == plain && secure != null) {
      secure.rest();
    }
    return inUse.commit(peer, answer, flow);
  }
}
