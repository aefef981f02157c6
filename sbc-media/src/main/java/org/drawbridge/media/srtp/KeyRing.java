package org.drawbridge.media.srtp;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one direction that their MKIs tell apart, all of one length (RFC 3711 section 8.1).
 * Nothing is allocated for a packet.
 */
final class KeyRing {

  private final int mkiLength;
  private final byte[][] mkis;
  private final PacketCiphers[] ciphers;

  /** A ring of keys that have MKIs. */
  KeyRing(SrtpProfile profile, List<MasterKey> keys) {
    mkiLength = keys.getFirst().mki().length;
    mkis = new byte[keys.size()][];
    ciphers = new PacketCiphers[keys.size()];
    for (int i = 0; i < mkis.length; i++) {
      mkis[i] = keys.get(i).mki();
      ciphers[i] = PacketCiphers.derive(profile, keys.get(i).bytes());
    }
  }

  /** The ciphers of the first key. */
  PacketCiphers first() {
    return ciphers[0];
  }

  int mkiLength() {
    return mkiLength;
  }

  /**
   * Takes the MKI out of a packet, which gets shorter by its length.
   *
   * @param behind bytes that follow the MKI
   * @return the ciphers of its key, or null if there is no such key or the packet is too short
   */
  @Nullable PacketCiphers take(byte[] buf, int off, int len, int behind) {
    int at = len - behind - mkiLength;
    if (at < 0) {
      return null;
    }
    int from = off + at;
    for (int i = 0; i < mkis.length; i++) {
      if (Arrays.equals(buf, from, from + mkiLength, mkis[i], 0, mkiLength)) {
        System.arraycopy(buf, from + mkiLength, buf, from, behind);
        return ciphers[i];
      }
    }
    return null;
  }
}
