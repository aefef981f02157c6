package org.drawbridge.sip.dialog;

import java.util.function.UnaryOperator;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Uri;

/**
 * One dialog of an INVITE (RFC 3261 section 12). Confined to the loop of its call.
 *
 * <p>It keeps what both ends agreed on and builds requests from that; sending them over {@link
 * #flow}, and what they carry (Contact, body, Supported), is the owner's business.
 */
public final class Dialog {

  private static final String MAX_FORWARDS = "70";

  private final DialogId id;
  private final NameAddr local;
  private final NameAddr remote;
  private RouteSet routes;
  private Uri remoteTarget;
  private Flow flow;
  private UnaryOperator<Uri> translation = UnaryOperator.identity();
  private long localSeq;

  /** Highest CSeq number the peer used; -1 before its first request. */
  private long remoteSeq;

  private boolean early = true;

  private Dialog(
      DialogId id, NameAddr local, NameAddr remote, RouteSet routes, Uri remoteTarget, Flow flow) {
    this.id = id;
    this.local = local;
    this.remote = remote;
    this.routes = routes;
    this.remoteTarget = remoteTarget;
    this.flow = flow;
  }

  /**
   * The early dialog of an INVITE that came in (RFC 3261 12.1.1), made when it is first answered
   * with a To tag.
   *
   * @param localTag the tag of all our responses
   */
  public static Dialog uas(SipRequest invite, Flow flow, String localTag) {
    DialogId id = new DialogId(invite.callId(), localTag, DialogId.orEmpty(invite.fromTag()));
    NameAddr local = invite.to().withTag(localTag);
    Uri target = targetOf(invite, invite.from().uri());
    Dialog dialog = new Dialog(id, local, invite.from(), RouteSet.ofRequest(invite), target, flow);
    dialog.remoteSeq = invite.cseq().seq();
    return dialog;
  }

  /**
   * The dialog of an INVITE we sent (RFC 3261 12.1.2), made by a response with a To tag: early for
   * a 1xx, confirmed for a 2xx. Each fork makes one of its own.
   */
  public static Dialog uac(SipRequest invite, SipResponse response, Flow flow) {
    DialogId id =
        new DialogId(
            invite.callId(),
            DialogId.orEmpty(invite.fromTag()),
            DialogId.orEmpty(response.toTag()));
    Uri target = targetOf(response, invite.requestUri());
    Dialog dialog =
        new Dialog(id, invite.from(), response.to(), RouteSet.ofResponse(response), target, flow);
    dialog.localSeq = invite.cseq().seq();
    dialog.remoteSeq = -1;
    dialog.early = !response.isSuccess();
    return dialog;
  }

  /** What identifies it. */
  public DialogId id() {
    return id;
  }

  /** Whether no 2xx has confirmed it yet. */
  public boolean isEarly() {
    return early;
  }

  /** Our address with our tag: From of our requests. */
  public NameAddr local() {
    return local;
  }

  /** The peer's address with its tag: To of our requests. */
  public NameAddr remote() {
    return remote;
  }

  /**
   * Where the peer wants requests to go: their Request-URI, never resolved while the flow lives.
   */
  public Uri remoteTarget() {
    return remoteTarget;
  }

  /** The flow the peer is reached over. */
  public Flow flow() {
    return flow;
  }

  /**
   * The peer has come on another flow, as after a network change, and proved by both tags who it
   * is.
   */
  public void moveTo(Flow newFlow) {
    flow = newFlow;
  }

  /**
   * Writes another URI for the peer's Contact into our requests, decided anew for each: the contact
   * behind a GRUU.
   */
  public void translateTarget(UnaryOperator<Uri> contactToTarget) {
    translation = contactToTarget;
  }

  /** Writes for the peer's Contact from now on what {@link #translateTarget} makes of it now. */
  public void fixTarget() {
    remoteTarget = translation.apply(remoteTarget);
    translation = UnaryOperator.identity();
  }

  /** Confirms the dialog as UAS: our 2xx is being sent. */
  public void confirm() {
    early = false;
  }

  /**
   * Takes a 2xx to a request of ours that is a target refresh (INVITE or UPDATE). The 2xx to the
   * first INVITE confirms the dialog and settles its route set (RFC 3261 13.2.2.4). Other responses
   * change nothing.
   */
  public void onResponse(SipResponse response) {
    if (!response.isSuccess() || !refreshesTarget(response.cseq().method())) {
      return;
    }
    remoteTarget = targetOf(response, remoteTarget);
    if (early && response.cseq().method() == Method.INVITE) {
      early = false;
      routes = RouteSet.ofResponse(response);
    }
  }

  /**
   * Takes a request of the peer: checks its order (RFC 3261 12.2.2) and refreshes the remote
   * target. An ACK is always in order.
   *
   * @return false if it is older than what came before and is to be answered with 500
   */
  public boolean onRequest(SipRequest request) {
    if (request.method() == Method.ACK) {
      return true;
    }
    long seq = request.cseq().seq();
    if (seq < remoteSeq) {
      return false;
    }
    remoteSeq = seq;
    if (refreshesTarget(request.method())) {
      remoteTarget = targetOf(request, remoteTarget);
    }
    return true;
  }

  /** The next request of ours, its CSeq one up: all of it but Via, Contact and what it carries. */
  public MessageBuilder<SipRequest> request(Method method) {
    return request(method.token());
  }

  /** As {@link #request(Method)}, for any method token but ACK and CANCEL. */
  public MessageBuilder<SipRequest> request(String methodToken) {
    localSeq++;
    return numbered(methodToken, localSeq);
  }

  /**
   * A request of ours that is repeated with something changed, such as credentials: the next one,
   * without the Via of the first.
   */
  public SipRequest again(MessageBuilder<SipRequest> changed, Method method) {
    localSeq++;
    return changed
        .removeFirst(HeaderName.VIA)
        .replace(HeaderName.CSEQ, CSeq.of(localSeq, method).toString())
        .build();
  }

  /**
   * The ACK of a 2xx (RFC 3261 13.2.2.4), with the INVITE's number and credentials.
   *
   * @param invite the INVITE it is about, as it was sent
   */
  public MessageBuilder<SipRequest> ack(SipRequest invite) {
    return numbered(Method.ACK.token(), invite.cseq().seq())
        .copy(invite, HeaderName.AUTHORIZATION)
        .copy(invite, HeaderName.PROXY_AUTHORIZATION);
  }

  /**
   * The start of an answer: our tag in To, and the Record-Route of a request that makes the dialog
   * (RFC 3261 12.1.1).
   */
  public MessageBuilder<SipResponse> response(SipRequest request, int status, String reason) {
    MessageBuilder<SipResponse> response = SipResponse.to(request, status, reason, id.localTag());
    boolean makesDialog = request.method() == Method.INVITE && status > 100 && status < 300;
    return makesDialog ? response.copy(request, HeaderName.RECORD_ROUTE) : response;
  }

  /**
   * Whom our requests go to: the first recorded router, else the peer's Contact (RFC 3261
   * 12.2.1.1).
   */
  public Uri nextHop() {
    return routes.nextHop(remoteTarget);
  }

  /** Whether a proxy recorded itself on the way. */
  public boolean hasRoute() {
    return !routes.routes().isEmpty();
  }

  private MessageBuilder<SipRequest> numbered(String methodToken, long seq) {
    return routes
        .request(methodToken, translation.apply(remoteTarget))
        .header(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
        .header(HeaderName.FROM, local.toString())
        .header(HeaderName.TO, remote.toString())
        .header(HeaderName.CALL_ID, id.callId())
        .header(HeaderName.CSEQ, new CSeq(seq, Method.of(methodToken), methodToken).toString());
  }

  /** Target refresh requests (RFC 3261 12.2, RFC 3311 5.1, RFC 6665 4.1.2.1 and 4.2.2). */
  private static boolean refreshesTarget(Method method) {
    return switch (method) {
      case INVITE, UPDATE, SUBSCRIBE, NOTIFY -> true;
      default -> false;
    };
  }

  private static Uri targetOf(SipMessage message, Uri otherwise) {
    NameAddr contact = message.contact();
    return contact == null ? otherwise : contact.uri();
  }
}
