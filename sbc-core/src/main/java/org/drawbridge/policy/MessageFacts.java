package org.drawbridge.policy;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.routing.condition.Offer;
import org.drawbridge.routing.condition.RequestFacts;
import org.drawbridge.routing.value.Transport;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** What routes may ask of a request that came over a flow. Looks at it only when it is asked. */
public final class MessageFacts implements RequestFacts {

  private final SipRequest request;
  private final Flow flow;
  private @Nullable Offer offer;

  /** The facts of a request. */
  public MessageFacts(SipRequest request, Flow flow) {
    this.request = request;
    this.flow = flow;
  }

  String method() {
    return request.methodToken();
  }

  @Override
  public InetAddress address() {
    return flow.remote().getAddress();
  }

  @Override
  public Transport transport() {
    return switch (flow.transport()) {
      case UDP -> Transport.UDP;
      case TCP -> Transport.TCP;
      case TLS -> Transport.TLS;
      case WS -> Transport.WS;
      case WSS -> Transport.WSS;
    };
  }

  @Override
  public List<String> header(String name) {
    return request.headers().all(name);
  }

  @Override
  public Offer offer() {
    if (offer == null) {
      offer = ScannedOffer.of(Sdp.of(request));
    }
    return offer;
  }
}
