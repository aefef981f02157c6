package org.drawbridge.media.relay;

/**
 * Keys of an SDES transport (RFC 4568): secrets, never logged.
 *
 * @param suite the crypto-suite's name, such as {@code AES_CM_128_HMAC_SHA1_80}
 * @param local our master key and salt, for what we send
 * @param remote the peer's master key and salt, for what we receive
 */
public record SdesKeys(String suite, byte[] local, byte[] remote) {

  @Override
  public String toString() {
    return "SdesKeys[" + suite + "]";
  }
}
