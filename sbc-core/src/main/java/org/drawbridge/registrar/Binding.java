package org.drawbridge.registrar;

import java.util.List;
import java.util.Objects;
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
 *     resolved. {@link FlowId#NONE} while the client has to come back first
 * @param path the Path it registered through (RFC 3327), nearest to us first: the Route of requests
 *     sent to it; empty if it came to us directly
 * @param instance the {@code +sip.instance} value, null if it gave none
 * @param regId the {@code reg-id}, 0 if it gave none
 * @param gruu what its temporary GRUUs are known by (RFC 5627), 0 if it asked for none
 * @param callId Call-ID of the REGISTER that made or refreshed it
 * @param cseq CSeq number of that REGISTER
 * @param q preference in thousandths, 0 to 1000
 * @param userAgent what the client calls itself, null if it does not say
 * @param expiresAt when it ends, by a clock that is never set back, in ms since 1970
 */
public record Binding(
    Aor aor,
    String contactUri,
    FlowId flow,
    List<String> path,
    @Nullable String instance,
    int regId,
    long gruu,
    String callId,
    long cseq,
    int q,
    @Nullable String userAgent,
    long expiresAt) {

  /** The preference of a contact that states none. */
  public static final int DEFAULT_Q = 1000;

  public Binding {
    path = List.copyOf(path);
  }

  /** Whether there is a flow to reach it over; the flow itself may have closed since. */
  public boolean hasFlow() {
    return !flow.equals(FlowId.NONE);
  }

  /** The same contact, not reachable until its client comes back. */
  public Binding withoutFlow() {
    return with(FlowId.NONE, expiresAt);
  }

  /** Whether it is reached through the proxy it registered by, over a connection made anew. */
  public boolean isByPath() {
    return flow.equals(FlowId.BY_PATH);
  }

  /** The same contact where the connection of the proxy it registered by is gone. */
  Binding byPath() {
    return with(FlowId.BY_PATH, expiresAt);
  }

  /** The same contact, which ends at a time, in ms since 1970, if not before. */
  Binding until(long latest) {
    return expiresAt <= latest ? this : with(flow, latest);
  }

  private Binding with(FlowId changed, long ends) {
    return new Binding(
        aor, contactUri, changed, path, instance, regId, gruu, callId, cseq, q, userAgent, ends);
  }

  /**
   * Whether a registration only prolonged this one: same contact, same way to it, same place in the
   * order of requests but for CSeq.
   */
  public boolean isRefreshedBy(Binding later) {
    return contactUri.equals(later.contactUri)
        && flow.equals(later.flow)
        && path.equals(later.path)
        && callId.equals(later.callId)
        && q == later.q
        && regId == later.regId
        && gruu == later.gruu
        && Objects.equals(instance, later.instance);
  }
}
