package org.drawbridge.media.plane;

import java.util.List;
import org.drawbridge.media.srtp.MasterKey;

/**
 * Keys of an SDES transport (RFC 4568): secrets, never logged.
 *
 * @param suite the crypto-suite's name, such as {@code AES_CM_128_HMAC_SHA1_80}
 * @param ours our key, for what we send
 * @param theirs the peer's keys, for what we receive; several have MKIs
 */
public record SdesKeys(String suite, MasterKey ours, List<MasterKey> theirs) {

  /** One key for each direction, master key and salt one after the other, without MKIs. */
  public SdesKeys(String suite, byte[] local, byte[] remote) {
    this(suite, MasterKey.plain(local), List.of(MasterKey.plain(remote)));
  }

  /** Master key and salt of what we send. */
  public byte[] local() {
    return ours.bytes();
  }

  /** Master key and salt of what we receive, of the first key. */
  public byte[] remote() {
    return theirs.getFirst().bytes();
  }

  @Override
  public String toString() {
    return "SdesKeys[" + suite + "]";
  }
}
