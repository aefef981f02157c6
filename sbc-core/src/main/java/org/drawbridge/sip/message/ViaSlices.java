package org.drawbridge.sip.message;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a message's top Via lie that transactions are found by (RFC 3261 section
 * 17.2.3), so that they can be compared without making strings of them. Immutable; refers to the
 * message's bytes, and so is not for keeping.
 */
public final class ViaSlices {
  private static final byte[] BRANCH = {'b', 'r', 'a', 'n', 'c', 'h', '='};
  private static final int START = "SIP/2.0/".length();

  private final byte[] wire;
  private final int hostFrom;
  private final int hostTo;
  private final int port;
  private final int branchFrom;
  private final int branchTo;

  private ViaSlices(byte[] wire, int hostFrom, int hostTo, int port, int branchFrom, int branchTo) {
    this.wire = wire;
    this.hostFrom = hostFrom;
    this.hostTo = hostTo;
    this.port = port;
    this.branchFrom = branchFrom;
    this.branchTo = branchTo;
  }

  /** Of a value; null if it is not plain or has no branch. */
  static @Nullable ViaSlices of(byte[] b, int from, int to) {
    int host = PlainSyntax.isVia(b, from, to) ? PlainSyntax.viaHost(b, from, to) : -1;
    if (host < 0) {
      return null;
    }
    int hostTo = PlainSyntax.hostEnd(b, host, to);
    int end = PlainSyntax.hostPortEnd(b, host, to);
    int branch = branch(b, end, to);
    if (branch < 0) {
      return null;
    }
    int port =
        end > hostTo
            ? (int) PlainSyntax.number(b, hostTo + 1, end, 65_535)
            : isSecure(b, from + START) ? 5061 : 5060;
    return new ViaSlices(b, host, hostTo, port, branch, valueEnd(b, branch, to));
  }

  /** Where the branch's value starts; no value before it is quoted, so each ';' starts a name. */
  private static int branch(byte[] b, int from, int to) {
    for (int i = from; i + BRANCH.length < to; i++) {
      if (b[i] == ';' && startsBranch(b, i + 1)) {
        return i + 1 + BRANCH.length;
      }
    }
    return -1;
  }

  private static boolean startsBranch(byte[] b, int at) {
    for (int k = 0; k < BRANCH.length; k++) {
      if ((b[at + k] | 0x20) != (BRANCH[k] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static int valueEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] != ';') {
      i++;
    }
    return i;
  }

  /** TLS and WSS have another default port. */
  private static boolean isSecure(byte[] b, int at) {
    int first = b[at] | 0x20;
    int second = b[at + 1] | 0x20;
    return (b[at + 2] | 0x20) == 's'
        && b[at + 3] == ' '
        && (first == 't' && second == 'l' || first == 'w' && second == 's');
  }

  /** Whether the branch is unique by RFC 3261: begins with the magic cookie and has more. */
  public boolean hasCookie() {
    int length = Via.MAGIC_COOKIE.length();
    if (branchTo - branchFrom <= length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((wire[branchFrom + i] | 0x20) != (Via.MAGIC_COOKIE.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** The length of the branch in bytes. */
  public int branchLength() {
    return branchTo - branchFrom;
  }

  /** Puts the branch into an array. */
  public void copyBranch(byte[] into, int at) {
    System.arraycopy(wire, branchFrom, into, at, branchTo - branchFrom);
  }

  /** The length of sent-by's host in bytes. */
  public int hostLength() {
    return hostTo - hostFrom;
  }

  /** Puts sent-by's host into an array, its letters in lower case. */
  public void copyHost(byte[] into, int at) {
    for (int i = hostFrom; i < hostTo; i++) {
      byte c = wire[i];
      into[at + i - hostFrom] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
  }

  /** The port of sent-by, with the transport's default filled in. */
  public int port() {
    return port;
  }
}
