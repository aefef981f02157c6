package org.drawbridge.media.srtp;

/**
 * The two ciphers of one direction.
 *
 * @param rtp protects RTP
 * @param rtcp protects RTCP
 */
record PacketCiphers(PacketCipher rtp, PacketCipher rtcp) {

  private static final int AUTH_KEY = 20;

  /** Derives the session keys of one direction from its master key and salt. */
  static PacketCiphers derive(SrtpProfile profile, byte[] master) {
    return derive(profile, master, CipherSource.best());
  }

  /** As {@link #derive(SrtpProfile, byte[])}, with ciphers of one source. */
  static PacketCiphers derive(SrtpProfile profile, byte[] master, CipherSource source) {
    KeyDerivation kdf = new KeyDerivation(profile, master);
    byte[] rtpKey = kdf.derive(KeyDerivation.RTP_CIPHER, profile.keyLength());
    byte[] rtpSalt = kdf.derive(KeyDerivation.RTP_SALT, profile.saltLength());
    byte[] rtcpKey = kdf.derive(KeyDerivation.RTCP_CIPHER, profile.keyLength());
    byte[] rtcpSalt = kdf.derive(KeyDerivation.RTCP_SALT, profile.saltLength());
    if (profile.isAead()) {
      return new PacketCiphers(
          source.aead(false, rtpKey, rtpSalt), source.aead(true, rtcpKey, rtcpSalt));
    }
    byte[] rtpAuth = kdf.derive(KeyDerivation.RTP_AUTH, AUTH_KEY);
    byte[] rtcpAuth = kdf.derive(KeyDerivation.RTCP_AUTH, AUTH_KEY);
    return new PacketCiphers(
        source.counterMode(false, rtpKey, rtpAuth, rtpSalt, profile.rtpTagLength()),
        source.counterMode(true, rtcpKey, rtcpAuth, rtcpSalt, profile.rtcpTagLength()));
  }
}
