package org.drawbridge.media.stun;

import java.net.InetSocketAddress;

/**
 * The STUN server of RFC 8489 12: tells a client from where its request came. Stateless; how often
 * it is asked for is {@link RequestLimiter}'s matter.
 */
public final class BindingServer {

  private BindingServer() {}

  /**
   * Answers a binding request that carries no credentials. FINGERPRINT is in the response where the
   * request has it, so that a response is hardly longer than its request.
   */
  public static void answer(StunView request, InetSocketAddress from, StunWriter reply) {
    int unknown = request.unknownRequired();
    if (unknown == 0) {
      reply.respond(request, Stun.BINDING_SUCCESS).xorMappedAddress(from);
    } else {
      reply.respond(request, Stun.BINDING_ERROR).errorCode(420, "Unknown Attribute");
      reply.unknownAttribute(unknown);
    }
    if (request.has(Stun.FINGERPRINT)) {
      reply.fingerprint();
    }
  }
}
