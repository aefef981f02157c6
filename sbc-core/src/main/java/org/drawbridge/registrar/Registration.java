package org.drawbridge.registrar;

import java.util.List;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * What the contacts of one REGISTER have in common.
 *
 * @param flow what it came over
 * @param path what it passed, nearest to us first
 * @param outbound whether {@code reg-id} counts
 * @param gruu whether GRUUs are asked for
 * @param userAgent what the client calls itself, null if it does not say
 * @param now when it came, in ms since 1970
 */
record Registration(
    Flow flow,
    List<String> path,
    boolean outbound,
    boolean gruu,
    String callId,
    long cseq,
    @Nullable String userAgent,
    long now) {

  static Registration of(
      SipRequest request,
      Flow flow,
      Extensions.Agreed agreed,
      @Nullable String userAgent,
      long now) {
    return new Registration(
        flow,
        agreed.path(),
        agreed.outbound(),
        agreed.gruu(),
        request.callId(),
        request.cseq().seq(),
        userAgent,
        now);
  }

  /** Which phone it is that registers a contact. */
  Device device(SipUri contact, @Nullable String instance) {
    return new Device(instance, contact.toString(), callId, flow.id(), path);
  }
}
