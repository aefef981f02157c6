package org.drawbridge.sip.transaction;

import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request with our Via on top, as bytes. It is parsed only if somebody asks for the message: a
 * request that is passed on is seldom looked at again. Confined to its loop.
 */
public final class OutgoingRequest {

  /** Wider than what we take, since what is passed on has grown by our own lines. */
  private static final ParseLimits LIMITS =
      new ParseLimits(1 << 22, 1 << 22, 1 << 10, 1 << 22, 1 << 16);

  private final Method method;
  private final TransactionKey key;
  private final byte[] wire;
  private @Nullable SipRequest message;

  private OutgoingRequest(
      Method method, TransactionKey key, byte[] wire, @Nullable SipRequest message) {
    this.method = method;
    this.key = key;
    this.wire = wire;
    this.message = message;
  }

  static OutgoingRequest of(SipRequest message) {
    return new OutgoingRequest(
        message.method(), TransactionKey.ofClient(message), message.wire(), message);
  }

  /**
   * A request that is passed on.
   *
   * @param original what it was made from; tells the method
   * @param branch the branch of the top Via, unique in space and time
   * @param wire its bytes, well-formed; not to be changed any more
   */
  public static OutgoingRequest passedOn(SipRequest original, String branch, byte[] wire) {
    return new OutgoingRequest(
        original.method(), TransactionKey.ofClient(branch, original.methodToken()), wire, null);
  }

  /** The ACK of a failure, in the place of its INVITE. */
  static OutgoingRequest ofFailed(TransactionKey invite, byte[] ack) {
    return new OutgoingRequest(Method.ACK, invite, ack, null);
  }

  /** The value of a Via of ours toward the peer of a flow (RFC 3261 section 18.1.1, RFC 3581). */
  public static String via(Flow flow, String branch) {
    return "SIP/2.0/"
        + flow.transport()
        + " "
        + flow.sentBy()
        + ";branch="
        + branch
        + ";rport"
        + flow.viaParameters();
  }

  /** How many bytes it has, our Via included. */
  public int length() {
    return wire.length;
  }

  Method method() {
    return method;
  }

  TransactionKey key() {
    return key;
  }

  byte[] wire() {
    return wire;
  }

  SipRequest message() {
    SipRequest known = message;
    if (known == null) {
      known = read(wire);
      message = known;
    }
    return known;
  }

  /** A request that was sent, from its bytes; however large it is, it was ours to send. */
  public static SipRequest read(byte[] wire) {
    ParseResult result = SipParser.parse(wire, 0, wire.length, LIMITS);
    if (result instanceof ParseResult.Parsed(SipRequest parsed)) {
      return parsed;
    }
    throw new IllegalStateException("sent what is no request: " + result);
  }
}
