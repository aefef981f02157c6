package org.drawbridge.registrar;

import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * One contact of an address of record.
 *
 * @param aor whose contact it is
 * @param contactUri the URI the client registered, as it wrote it: the Request-URI of requests sent
 *     to it
 * @param flow the flow it registered over, which is how it is reached; its Contact host is never
 *     resolved
 * @param instance the {@code +sip.instance} value, null if it gave none
 * @param regId the {@code reg-id}, 0 if it gave none
 * @param callId Call-ID of the REGISTER that made or refreshed it
 * @param cseq CSeq number of that REGISTER
 * @param q preference in thousandths, 0 to 1000
 * @param userAgent what the client calls itself, null if it does not say
 * @param expiresAt when it ends, on the wall clock, in ms since 1970
 */
public record Binding(
    Aor aor,
    String contactUri,
    FlowId flow,
    @Nullable String instance,
    int regId,
    String callId,
    long cseq,
    int q,
    @Nullable String userAgent,
    long expiresAt) {

  /** The preference of a contact that states none. */
  public static final int DEFAULT_Q = 1000;
}
