package org.drawbridge.sip.transaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Via;
import org.drawbridge.sip.message.ViaSlices;
import org.drawbridge.table.KeyedHash;
import org.jspecify.annotations.Nullable;

/**
 * What finds a transaction (RFC 3261 17.1.3 and 17.2.3): branch, sent-by and method, where an ACK
 * counts as INVITE. A request from before RFC 3261, whose branch says nothing, is found by what
 * that section lists instead.
 *
 * <p>Peers choose these bytes, so keys are comparable: a hash map then stays logarithmic when all
 * hashes collide.
 */
final class TransactionKey implements Comparable<TransactionKey> {

  /** Cannot occur in a header, so that parts cannot run into one another. */
  private static final byte BETWEEN = '\n';

  private static final int PORT_BYTES = 2;

  private final byte[] bytes;
  private final int hash;

  private TransactionKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  private TransactionKey(String text) {
    this(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key of the server transaction a request belongs to; to be taken before the Via is stamped.
   */
  static TransactionKey ofServer(SipRequest request) {
    boolean ack = request.method() == Method.ACK;
    return ofServer(request, ack ? Method.INVITE.token() : request.methodToken());
  }

  /** The key of the INVITE server transaction a CANCEL is about (RFC 3261 9.2). */
  static TransactionKey ofCancelled(SipRequest cancel) {
    return ofServer(cancel, Method.INVITE.token());
  }

  /** The key of a client transaction: our own branch alone is unique. */
  static TransactionKey ofClient(SipRequest request) {
    return ofClient(request, request.methodToken());
  }

  /** The key of the client transaction a response belongs to. */
  static TransactionKey ofClient(SipResponse response) {
    return ofClient(response, response.cseq().token());
  }

  /** The key of a client transaction with this branch. */
  static TransactionKey ofClient(@Nullable String branch, String methodToken) {
    return new TransactionKey(branch + '\n' + methodToken);
  }

  private static TransactionKey ofClient(SipMessage message, String methodToken) {
    ViaSlices via = message.topViaSlices();
    if (via == null) {
      return ofClient(message.topVia().branch(), methodToken);
    }
    int branch = via.branchLength();
    byte[] bytes = new byte[branch + 1 + methodToken.length()];
    via.copyBranch(bytes, 0);
    putMethod(bytes, branch, methodToken);
    return new TransactionKey(bytes);
  }

  private static TransactionKey ofServer(SipRequest request, String methodToken) {
    ViaSlices via = request.topViaSlices();
    return via != null && via.hasCookie()
        ? ofSlices(via, methodToken)
        : ofParsed(request, methodToken);
  }

  private static TransactionKey ofSlices(ViaSlices via, String methodToken) {
    int branch = via.branchLength();
    int host = via.hostLength();
    byte[] bytes = new byte[branch + 1 + host + PORT_BYTES + 1 + methodToken.length()];
    via.copyBranch(bytes, 0);
    bytes[branch] = BETWEEN;
    via.copyHost(bytes, branch + 1);
    putPort(bytes, branch + 1 + host, via.port());
    putMethod(bytes, branch + 1 + host + PORT_BYTES, methodToken);
    return new TransactionKey(bytes);
  }

  /** Two bytes in front of the last separator: no other part can be taken for them. */
  private static void putPort(byte[] bytes, int at, int port) {
    bytes[at] = (byte) (port >> 8);
    bytes[at + 1] = (byte) port;
  }

  private static void putMethod(byte[] bytes, int at, String methodToken) {
    bytes[at] = BETWEEN;
    for (int i = 0; i < methodToken.length(); i++) {
      bytes[at + 1 + i] = (byte) methodToken.charAt(i);
    }
  }

  private static TransactionKey ofParsed(SipRequest request, String methodToken) {
    Via via = request.topVia();
    String branch = via.branch();
    if (!via.hasCookie() || branch == null) {
      return new TransactionKey(beforeRfc3261(request, via) + '\n' + methodToken);
    }
    byte[] sentBy =
        (branch + '\n' + via.host().toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(sentBy, sentBy.length + PORT_BYTES + 1 + methodToken.length());
    putPort(bytes, sentBy.length, via.effectivePort());
    putMethod(bytes, sentBy.length + PORT_BYTES, methodToken);
    return new TransactionKey(bytes);
  }

  /** The To tag stays out: an ACK carries that of the response. */
  private static String beforeRfc3261(SipRequest request, Via via) {
    return request.requestUri().toString()
        + '\n'
        + request.fromTag()
        + '\n'
        + request.callId()
        + '\n'
        + request.cseq().seq()
        + '\n'
        + via;
  }

  /** A hash that peers cannot make collide. */
  long hash(KeyedHash keyed) {
    return keyed.of(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransactionKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(TransactionKey other) {
    return Arrays.compare(bytes, other.bytes);
  }
}
