package org.drawbridge.media.srtp;

import java.util.Arrays;

/**
 * The keys of both directions: secrets, never logged.
 *
 * @param profile how packets are protected
 * @param local master key and salt, one after the other, of what we send
 * @param remote master key and salt of what we receive
 */
public record SrtpKeys(SrtpProfile profile, byte[] local, byte[] remote) {

  /** Checks lengths: a wrong one is a bug of the caller. */
  public SrtpKeys {
    if (local.length != profile.masterLength() || remote.length != profile.masterLength()) {
      throw new IllegalArgumentException(profile + " needs " + profile.masterLength() + " bytes");
    }
  }

  /** Whether we send under the same key, so that the sending state must go on. */
  public boolean sameLocal(SrtpKeys other) {
    return profile == other.profile && Arrays.equals(local, other.local);
  }

  /** Whether the peer sends under the same key, so that the receiving state must go on. */
  public boolean sameRemote(SrtpKeys other) {
    return profile == other.profile && Arrays.equals(remote, other.remote);
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + profile + "]";
  }
}
