package org.drawbridge.media.srtp;

import java.util.Arrays;
import java.util.List;

/**
 * The keys of both directions: secrets, never logged.
 *
 * @param profile how packets are protected
 * @param ours the key of what we send
 * @param theirs the keys of what we receive: one, or several that their MKIs tell apart
 */
public record SrtpKeys(SrtpProfile profile, MasterKey ours, List<MasterKey> theirs) {

  /** Checks lengths: a wrong one is a bug of the caller. */
  public SrtpKeys {
    if (!fit(profile, ours, theirs)) {
      throw new IllegalArgumentException(profile + " needs " + profile.masterLength() + " bytes");
    }
    theirs = List.copyOf(theirs);
  }

  /** One key for each direction, master key and salt one after the other, without MKIs. */
  public SrtpKeys(SrtpProfile profile, byte[] local, byte[] remote) {
    this(profile, MasterKey.plain(local), List.of(MasterKey.plain(remote)));
  }

  /** Master key and salt of what we send. */
  public byte[] local() {
    return ours.bytes();
  }

  /** Master key and salt of what we receive, of the first key. */
  public byte[] remote() {
    return theirs.getFirst().bytes();
  }

  /** Whether keys have the lengths of a profile, and MKIs of one length. */
  public static boolean fit(SrtpProfile profile, MasterKey ours, List<MasterKey> theirs) {
    return ours.bytes().length == profile.masterLength()
        && !theirs.isEmpty()
        && theirs.stream()
            .allMatch(
                key ->
                    key.bytes().length == profile.masterLength()
                        && key.mki().length == theirs.getFirst().mki().length);
  }

  /**
   * Whether we send under the same key, so that the sending state must go on: another MKI is no
   * reason to use an index twice.
   */
  public boolean sameLocal(SrtpKeys other) {
    return profile == other.profile && Arrays.equals(local(), other.local());
  }

  /** Whether the peer sends under the same keys, so that the receiving state must go on. */
  public boolean sameRemote(SrtpKeys other) {
    if (profile != other.profile || theirs.size() != other.theirs.size()) {
      return false;
    }
    for (int i = 0; i < theirs.size(); i++) {
      if (!theirs.get(i).same(other.theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + profile + "]";
  }
}
