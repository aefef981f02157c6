package org.drawbridge.proxy.media;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.loop.Loop;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaListener;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.metrics.Counter;
import org.drawbridge.metrics.Counters;
import org.drawbridge.metrics.Limit;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.ExpectedMedia;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** The calls of one loop that are passed on with their media relayed here; bounded as calls are. */
public final class RelayedCalls {

  private final CallServices services;
  private final Counter silent;
  private final Map<String, RelayedCall> calls = new HashMap<>();

  /** None yet. */
  public RelayedCalls(CallServices services) {
    this.services = services;
    this.silent =
        services
            .counters()
            .count(
                "drawbridge_proxy_silent_total",
                "Proxied calls whose media was released since none came");
  }

  /** What comes of a new call. */
  public sealed interface Opening {
    /** Its media can be relayed. */
    record Opened(RelayedCall call) implements Opening {}

    /** It cannot. */
    record Refused(SipResponse response) implements Opening {}
  }

  /** What comes of a request within a call. */
  public sealed interface Passage {
    /** It passes as it is. */
    Passage AS_IT_IS = new Through(SessionBodies.AS_THEY_ARE);

    /** It passes. */
    record Through(SessionBodies bodies) implements Passage {}

    /** It does not. */
    record Refused(SipResponse response) implements Passage {}
  }

  /**
   * Opens the media of a call.
   *
   * @param trunk whose it is, null if it is none of a trunk
   */
  public Opening open(ServerTransaction server, @Nullable Trunk trunk) {
    SipRequest invite = server.request();
    SipResponse refusal = RequestChecks.passedBody(invite, services.counters());
    if (refusal != null) {
      return new Opening.Refused(refusal);
    }
    if (calls.size() >= services.limits().calls()) {
      services.counters().hit(Limit.PROXIED_CALLS);
      String words = "No more than " + services.limits().calls() + " calls at once";
      return new Opening.Refused(Replies.refuse(invite, 503, words));
    }
    String sdp = Sdp.of(invite);
    RelayedCall call = new RelayedCall(this, Tokens.tag(), invite, sdp != null);
    calls.put(call.id(), call);
    refusal = prepare(call, sdp, trunk, server.flow());
    if (refusal == null) {
      return new Opening.Opened(call);
    }
    call.close("refused");
    return new Opening.Refused(refusal);
  }

  private @Nullable SipResponse prepare(
      RelayedCall call, @Nullable String sdp, @Nullable Trunk trunk, Flow flow) {
    try {
      LegKind kind = ExpectedMedia.ofCaller(trunk, flow, sdp, services.media());
      var leg = call.newCallerLeg(kind, ExpectedMedia.of(trunk), flow);
      leg.dtmf(ExpectedMedia.inMediaOf(trunk));
      call.callerIs(leg);
      return sdp != null
              && leg.receiveOffer(sdp) instanceof SdpOutcome.Refused(int status, String reason)
          ? Replies.refuse(call.invite(), status, reason)
          : null;
    } catch (MediaUnavailableException e) {
      return Replies.refuse(call.invite(), 503, "No media for another call: " + e.getMessage());
    }
  }

  /**
   * A request within a dialog.
   *
   * @param id what its Route calls the call
   * @param flow what it came on
   * @param to the flow of the device that it is for; null if that is not known
   */
  public Passage inDialog(String id, SipRequest request, Flow flow, @Nullable Flow to) {
    RelayedCall call = calls.get(id);
    if (call != null && call.invite().callId().equals(request.callId())) {
      call.requested(request);
      return InDialog.of(call, request, flow, to);
    }
    return InDialog.ofEnded(this, request);
  }

  /** How many there are. */
  public int size() {
    return calls.size();
  }

  MediaSession open(String callId, MediaListener listener) {
    return services.media().open(callId, services.loop(), listener);
  }

  String turnedOff(String sdp) {
    return services.media().turnedOff(sdp);
  }

  Counters counters() {
    return services.counters();
  }

  Loop loop() {
    return services.loop();
  }

  void silent() {
    silent.increment();
  }

  void forget(RelayedCall call) {
    calls.remove(call.id());
  }
}
