package org.drawbridge.upstream;

import java.time.Duration;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TargetedRequest;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * Asks one target of a trunk by OPTIONS again and again whether it is there (RFC 3261 section 11):
 * any answer but 503 says so, even a refusal. Confined to a loop.
 */
final class TargetProbe {

  /** Whoever takes longer than this to answer OPTIONS is no place to send calls to. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final Trunk trunk;
  private final SipTarget target;
  private final long interval;
  private final ClientParts parts;
  private final TrunkBoard board;
  private @Nullable Timer next;
  private @Nullable Timer patience;
  private @Nullable Question pending;

  TargetProbe(
      Trunk trunk, SipTarget target, Duration interval, ClientParts parts, TrunkBoard board) {
    this.trunk = trunk;
    this.target = target;
    this.interval = interval.toMillis();
    this.parts = parts;
    this.board = board;
  }

  /** Begins, somewhere within the first interval. */
  void start() {
    next = parts.loop().schedule(parts.spread(interval, 0, 1), this::ask);
  }

  /** Asks no more. */
  void stop() {
    done();
    if (next != null) {
      next.cancel();
    }
  }

  private void ask() {
    done();
    next = parts.loop().schedule(parts.spread(interval, 0.9, 1.1), this::ask);
    Question question = new Question();
    pending = question;
    TargetedRequest.send(
        parts.loop(),
        parts.transactions(),
        parts.flows(),
        Outgoing.destination(trunk, target),
        new TargetedRequest.Sending(
            question::options,
            Math.min(trunk.tryTimeout().toMillis(), patienceMillis() / 2),
            question,
            question::missed));
  }

  private long patienceMillis() {
    return Math.min(PATIENCE_MILLIS, interval * 4 / 5);
  }

  private void done() {
    pending = null;
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
  }

  /** One OPTIONS, at whichever address of the target answers. */
  private final class Question implements ResponseListener {

    /** Time runs from when it is first sent, so that it is not DNS that is measured. */
    SipRequest options(Flow flow) {
      if (pending == this && patience == null) {
        patience = parts.loop().schedule(patienceMillis(), () -> missed("no answer to OPTIONS"));
      }
      return request(flow);
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isProvisional()) {
        return;
      }
      if (response.status() == 503) {
        missed("503 Service Unavailable");
        return;
      }
      board.answered(trunk, target);
      if (pending == this) {
        done();
      }
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      if (failure != TransactionFailure.OVERLOADED) {
        missed("the connection broke");
      }
    }

    void missed(String reason) {
      if (pending == this) {
        done();
        board.missed(trunk, target, reason);
      }
    }
  }

  private SipRequest request(Flow flow) {
    SipUri uri = SipUri.of(null, target.host(), target.port() == 0 ? -1 : target.port());
    return SipRequest.builder(Method.OPTIONS, uri)
        .header(HeaderName.MAX_FORWARDS, "70")
        .header(HeaderName.FROM, from(flow))
        .header(HeaderName.TO, "<" + uri + ">")
        .header(HeaderName.CALL_ID, parts.callIds().get())
        .header(HeaderName.CSEQ, "1 OPTIONS")
        .header(HeaderName.CONTACT, "<" + OwnContact.uri(flow, "ping") + ">")
        .header(HeaderName.ACCEPT, "application/sdp")
        .build();
  }

  /** From has no port (RFC 3261 section 19.1.1). */
  private String from(Flow flow) {
    String domain = trunk.fromDomain();
    SipUri uri = domain == null ? OwnContact.uri(flow, "ping") : SipUri.of("ping", domain, -1);
    return "<" + SipUri.of("ping", uri.host(), -1) + ">;tag=" + Tokens.tag();
  }
}
