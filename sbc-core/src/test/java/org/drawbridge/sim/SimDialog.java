package org.drawbridge.sim;

import java.util.List;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Uri;

/** A scripted peer's side of a dialog; written apart from the one under test on purpose. */
public final class SimDialog {

  private final String callId;
  private final NameAddr local;
  private final NameAddr remote;
  private final Uri target;
  private final List<NameAddr> routes;
  private long seq;

  private SimDialog(
      String callId,
      NameAddr local,
      NameAddr remote,
      SipMessage peer,
      List<NameAddr> routes,
      long seq) {
    this.callId = callId;
    this.local = local;
    this.remote = remote;
    NameAddr contact = peer.contact();
    this.target = contact == null ? remote.uri() : contact.uri();
    this.routes = routes;
    this.seq = seq;
  }

  /** Of an INVITE this peer sent. */
  static SimDialog uac(SipRequest invite, SipResponse answer) {
    return new SimDialog(
        invite.callId(),
        invite.from(),
        answer.to(),
        answer,
        answer.recordRoutes().reversed(),
        invite.cseq().seq());
  }

  /** Of an INVITE this peer got. */
  static SimDialog uas(SipRequest invite, String tag) {
    return new SimDialog(
        invite.callId(),
        invite.to().withTag(tag),
        invite.from(),
        invite,
        invite.recordRoutes(),
        4711);
  }

  /** The next request of this peer. */
  public MessageBuilder<SipRequest> request(Method method) {
    return numbered(method, ++seq);
  }

  /** The ACK of the 2xx to an INVITE of this peer. */
  public MessageBuilder<SipRequest> ack(SipResponse answer) {
    return numbered(Method.ACK, answer.cseq().seq());
  }

  private MessageBuilder<SipRequest> numbered(Method method, long number) {
    MessageBuilder<SipRequest> out =
        SipRequest.builder(method, target)
            .header(HeaderName.FROM, local.toString())
            .header(HeaderName.TO, remote.toString())
            .header(HeaderName.CALL_ID, callId)
            .header(HeaderName.CSEQ, CSeq.of(number, method).toString())
            .header(HeaderName.MAX_FORWARDS, "70");
    routes.forEach(route -> out.header(HeaderName.ROUTE, route.toString()));
    return out;
  }
}
