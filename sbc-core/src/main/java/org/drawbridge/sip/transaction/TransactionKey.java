package org.drawbridge.sip.transaction;

import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Via;
import org.jspecify.annotations.Nullable;

/**
 * What finds a transaction (RFC 3261 17.1.3 and 17.2.3): branch, sent-by and method, where an ACK
 * counts as INVITE. A request from before RFC 3261, whose branch says nothing, is found by what
 * that section lists instead.
 *
 * <p>Peers choose these strings, so keys are comparable: a hash map then stays logarithmic when all
 * hashes collide.
 */
record TransactionKey(String text) implements Comparable<TransactionKey> {

  /** Cannot occur in a header, so that parts cannot run into one another. */
  private static final char BETWEEN = '\n';

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
    return ofClient(request.topVia(), request.methodToken());
  }

  /** The key of the client transaction a response belongs to. */
  static TransactionKey ofClient(SipResponse response) {
    return ofClient(response.topVia(), response.cseq().token());
  }

  private static TransactionKey ofClient(Via via, String methodToken) {
    return ofClient(via.branch(), methodToken);
  }

  /** The key of a client transaction with this branch. */
  static TransactionKey ofClient(@Nullable String branch, String methodToken) {
    return new TransactionKey(branch + BETWEEN + methodToken);
  }

  private static TransactionKey ofServer(SipRequest request, String methodToken) {
    Via via = request.topVia();
    String text =
        via.hasCookie()
            ? via.branch() + BETWEEN + via.sentBy() + BETWEEN + methodToken
            : beforeRfc3261(request, via) + BETWEEN + methodToken;
    return new TransactionKey(text);
  }

  /** The To tag stays out: an ACK carries that of the response. */
  private static String beforeRfc3261(SipRequest request, Via via) {
    return request.requestUri().toString()
        + BETWEEN
        + request.fromTag()
        + BETWEEN
        + request.callId()
        + BETWEEN
        + request.cseq().seq()
        + BETWEEN
        + via;
  }

  @Override
  public int compareTo(TransactionKey other) {
    return text.compareTo(other.text);
  }
}
