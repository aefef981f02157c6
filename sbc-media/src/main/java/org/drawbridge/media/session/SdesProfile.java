package org.drawbridge.media.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.sdp.Crypto;
import org.drawbridge.media.sdp.CryptoSuite;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.InlineKey;
import org.drawbridge.media.sdp.Mki;
import org.drawbridge.media.sdp.SdpLine;
import org.drawbridge.media.srtp.MasterKey;
import org.jspecify.annotations.Nullable;

/**
 * SRTP keyed by {@code a=crypto} (RFC 4568). We have one key for each suite as long as it is not
 * given up for another, so that repeating a description never changes keys. Whoever first offers us
 * a key with an MKI gets one of ours with the same: those who carry MKIs tend to carry them both
 * ways.
 */
final class SdesProfile implements LegProfile {

  /**
   * What we offer: first what every phone has, then what those have that insist on long keys. The
   * first usable line of a peer's offer is taken whatever its suite.
   */
  private static final List<CryptoSuite> OFFERED =
      List.of(
          CryptoSuite.AES_CM_128_HMAC_SHA1_80,
          CryptoSuite.AES_CM_128_HMAC_SHA1_32,
          CryptoSuite.AES_256_CM_HMAC_SHA1_80,
          CryptoSuite.AEAD_AES_256_GCM);

  private final LocalMedia local;
  private final SecureRandom random;
  private final Map<CryptoSuite, String> keys = new EnumMap<>(CryptoSuite.class);
  private @Nullable CryptoSuite inUse;
  private boolean mux;

  /** What our packets say of their key, settled by the first offer or answer; null for nothing. */
  private @Nullable Mki mki;

  private boolean settled;

  SdesProfile(LocalMedia local, SecureRandom random) {
    this.local = local;
    this.random = random;
  }

  @Override
  public String protocol() {
    return "RTP/SAVP";
  }

  @Override
  public @Nullable String refusal(String protocol, PeerTransport peer, boolean answer) {
    if (!LegKinds.isSecure(protocol)) {
      return "plain RTP is asked for on a leg that encrypts";
    }
    if (peer.cryptos().isEmpty()) {
      return "no a=crypto line we can use";
    }
    boolean offered = OFFERED.contains(peer.cryptos().getFirst().suite());
    return answer && !offered ? "a crypto-suite that was not offered" : null;
  }

  @Override
  public List<SdpLine> offerLines(Direction ours) {
    settle(null);
    List<SdpLine> lines = new ArrayList<>();
    for (CryptoSuite suite : OFFERED) {
      lines.add(ours(lines.size() + 1, suite).line());
    }
    lines.addAll(RtpProfile.rtcpLines(local, mux));
    return lines;
  }

  @Override
  public List<SdpLine> answerLines(Direction ours, PeerTransport offer) {
    Crypto chosen = offer.cryptos().getFirst();
    settle(chosen.mki());
    List<SdpLine> lines = new ArrayList<>();
    lines.add(ours(chosen.tag(), chosen.suite()).line());
    lines.addAll(RtpProfile.rtcpLines(local, offer.rtcpMux()));
    return lines;
  }

  private Crypto ours(int tag, CryptoSuite suite) {
    String key = keys.computeIfAbsent(suite, this::newKey);
    return new Crypto(tag, suite, List.of(new InlineKey(key, mki)));
  }

  private void settle(@Nullable Mki first) {
    if (!settled) {
      settled = true;
      mki = first;
    }
  }

  private String newKey(CryptoSuite suite) {
    byte[] key = new byte[suite.keyAndSaltBytes()];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /**
   * Packets were sent under the key of the suite that is left. Should the peer come back to it
   * there is another: their count would begin anew and repeat nonces (RFC 3711 9.1).
   */
  private void leave(@Nullable CryptoSuite next) {
    if (inUse != null && inUse != next) {
      keys.remove(inUse);
    }
    inUse = next;
  }

  /** The peer has left SRTP. */
  void rest() {
    leave(null);
  }

  private static MasterKey master(InlineKey key) {
    return new MasterKey(key.keyBytes(), key.mkiBytes());
  }

  @Override
  public RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow) {
    mux = peer.muxes(mux, answer);
    Crypto theirs = peer.cryptos().getFirst();
    settle(answer ? null : theirs.mki());
    leave(theirs.suite());
    MasterKey ours = master(ours(theirs.tag(), theirs.suite()).keys().getFirst());
    List<MasterKey> remote = theirs.keys().stream().map(SdesProfile::master).toList();
    SdesKeys both = new SdesKeys(theirs.suite().name(), ours, remote);
    return RtpProfile.remote(peer, mux, both, flow);
  }
}
