package org.drawbridge.media.session;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.jspecify.annotations.Nullable;

/**
 * RTP as it is, or as SRTP keyed by {@code a=crypto} or by DTLS, whichever the peer's last offer
 * asked for: a PBX changes from one to another when it connects the call with another of its
 * phones.
 */
final class PhoneProfile implements LegProfile {

  private final LocalMedia local;
  private final SecureRandom random;
  private final String fingerprint;
  private final Map<LegKind, LegProfile> made = new EnumMap<>(LegKind.class);
  private LegKind inUse;

  /**
   * One that begins with one of them in offers of ours.
   *
   * @param fingerprint of our DTLS certificate
   * @param first {@link LegKind#RTP}, {@link LegKind#SDES} or {@link LegKind#DTLS}
   */
  PhoneProfile(LocalMedia local, SecureRandom random, String fingerprint, LegKind first) {
    this.local = local;
    this.random = random;
    this.fingerprint = fingerprint;
    inUse = first;
  }

  /** What is in use. */
  LegKind kind() {
    return inUse;
  }

  private LegProfile profile(LegKind kind) {
    return made.computeIfAbsent(kind, this::make);
  }

  private LegProfile make(LegKind kind) {
    return switch (kind) {
      case RTP -> new RtpProfile(local);
      case SDES -> new SdesProfile(local, random);
      case DTLS -> new DtlsProfile(local, fingerprint);
      case WEBRTC, WEBRTC_SERVER, LINK -> throw new IllegalArgumentException("no phone is " + kind);
    };
  }

  @Override
  public String protocol() {
    return profile(inUse).protocol();
  }

  @Override
  public @Nullable String refusal(String protocol, PeerTransport peer, boolean answer) {
    LegKind wanted = answer ? inUse : peer.asked(protocol);
    return profile(wanted).refusal(protocol, peer, answer);
  }

  @Override
  public List<SdpLine> offerLines(Direction ours) {
    return profile(inUse).offerLines(ours);
  }

  @Override
  public List<SdpLine> answerLines(Direction ours, PeerTransport offer) {
    return profile(offer.kind()).answerLines(ours, offer);
  }

  @Override
  public RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow) {
    inUse = answer ? inUse : peer.kind();
    if (inUse != LegKind.SDES && made.get(LegKind.SDES) instanceof SdesProfile secure) {
      secure.rest();
    }
    return profile(inUse).commit(peer, answer, flow);
  }
}
