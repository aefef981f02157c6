package org.drawbridge.media.srtp;

import org.drawbridge.media.libcrypto.Libcrypto;

/** Where the ciphers of packets come from. */
enum CipherSource {
  /** OpenSSL's library: the least work for each packet, and no object. */
  LIBCRYPTO {
    @Override
    PacketCipher aead(boolean rtcp, byte[] key, byte[] salt) {
      return new NativeAesGcmCipher(rtcp, key, salt);
    }

    @Override
    PacketCipher counterMode(boolean rtcp, byte[] key, byte[] authKey, byte[] salt, int tagLength) {
      return new NativeAesCmCipher(rtcp, key, authKey, salt, tagLength);
    }
  },
  /** The JDK, which has all of them everywhere. */
  JDK {
    @Override
    PacketCipher aead(boolean rtcp, byte[] key, byte[] salt) {
      return new AesGcmCipher(rtcp, key, salt);
    }

    @Override
    PacketCipher counterMode(boolean rtcp, byte[] key, byte[] authKey, byte[] salt, int tagLength) {
      return new AesCmCipher(rtcp, key, authKey, salt, tagLength);
    }
  };

  /** The better one of those that are there. */
  static CipherSource best() {
    return Libcrypto.AVAILABLE ? LIBCRYPTO : JDK;
  }

  /** AES-GCM of RTP or RTCP. */
  abstract PacketCipher aead(boolean rtcp, byte[] key, byte[] salt);

  /** AES in counter mode with HMAC-SHA1, of RTP or RTCP. */
  abstract PacketCipher counterMode(
      boolean rtcp, byte[] key, byte[] authKey, byte[] salt, int tagLength);
}
