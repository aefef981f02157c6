package org.drawbridge.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** A scripted SIP peer: sends what the test says, keeps what it gets until the test asks for it. */
public final class SimPhone {

  private final Lab lab;
  private final Aor aor;
  private final String host;
  private final List<SipMessage> inbox = new ArrayList<>();
  private final List<String> everything = new ArrayList<>();
  private final Map<String, String> tags = new HashMap<>();
  private Wire wire;
  private String inside;
  private int counter;

  SimPhone(Lab lab, Aor aor, Transport transport, String host) {
    this.lab = lab;
    this.aor = aor;
    this.host = host;
    this.inside = host;
    this.wire = lab.connect(transport, host, this::onMessage);
  }

  private void onMessage(Flow flow, SipMessage message) {
    everything.add(message.toString());
    inbox.add(message);
  }

  /** Is behind a router: its Contact has an address that means nothing outside. */
  public SimPhone inside(String address) {
    inside = address;
    return this;
  }

  /** Registers without naming its instance, beside whoever else has. */
  public void signIn(String callId) {
    lab.bind(
        new Binding(
            aor,
            contact(),
            sbcEnd().id(),
            List.of(),
            null,
            0,
            0,
            callId,
            1,
            Binding.DEFAULT_Q,
            null,
            Long.MAX_VALUE));
  }

  /** The phone's end of its link. */
  public Wire wire() {
    return wire;
  }

  /** Comes on a new connection; the old one stays as it is. */
  public void reconnect() {
    wire = lab.connect(wire.transport(), host, this::onMessage);
  }

  /** The SBC's end of its link. */
  public Wire sbcEnd() {
    return wire.other();
  }

  public Aor aor() {
    return aor;
  }

  /** The Contact it registers and puts into calls. */
  public String contact() {
    return "sip:"
        + aor.user()
        + "-device@"
        + inside
        + ":5062;transport="
        + wire.transport().uriParameter();
  }

  /** What it calls itself. */
  public String userAgent() {
    return "SimPhone-of-" + aor.user() + "/1.0";
  }

  /** All messages that came, in their order, as text. */
  public List<String> everything() {
    return List.copyOf(everything);
  }

  // ---- sending

  /** Puts a Via on a request and sends it. */
  public SipRequest send(MessageBuilder<SipRequest> request) {
    String via =
        "SIP/2.0/"
            + wire.transport()
            + " "
            + host
            + ":5062;branch=z9hG4bK-"
            + aor.user()
            + "-"
            + ++counter;
    SipRequest sent = request.headerFirst(HeaderName.VIA, via).build();
    wire.send(sent.wire());
    lab.settle();
    return sent;
  }

  /** Sends the same bytes again. */
  public void sendAgain(SipMessage message) {
    wire.send(message.wire());
    lab.settle();
  }

  /** Sends a request as it is written; returns how it reads. */
  public SipRequest sendRaw(byte[] request) {
    wire.send(request);
    lab.settle();
    return (SipRequest) Wire.parse(request);
  }

  /** A request outside a dialog. */
  public MessageBuilder<SipRequest> request(Method method, String toUser) {
    SipUri to = SipUri.of(toUser, aor.domain(), -1);
    return SipRequest.builder(method, to)
        .header(
            HeaderName.FROM,
            "\"" + aor.user() + " name\" <sip:" + aor + ">;tag=" + aor.user() + "-tag-" + ++counter)
        .header(HeaderName.TO, "<" + to + ">")
        .header(HeaderName.CALL_ID, "call-" + counter + "@" + host)
        .header(HeaderName.CSEQ, CSeq.of(100, method).toString())
        .header(HeaderName.MAX_FORWARDS, "69")
        .header(HeaderName.USER_AGENT, userAgent())
        .header(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"" + aor.user() + "\"");
  }

  /** An INVITE as this phone sends it. */
  public MessageBuilder<SipRequest> invitation(String toUser, @Nullable String sdp) {
    MessageBuilder<SipRequest> out =
        request(Method.INVITE, toUser)
            .header(HeaderName.CONTACT, "<" + contact() + ">")
            .header(HeaderName.ALLOW, "INVITE, ACK, BYE, CANCEL, UPDATE, INFO, MESSAGE")
            .header(HeaderName.SUPPORTED, "timer");
    return sdp == null ? out : withSdp(out, sdp);
  }

  /** The SUBSCRIBE that begins a subscription. */
  public MessageBuilder<SipRequest> subscription(String toUser, String event, int seconds) {
    return subscribing(request(Method.SUBSCRIBE, toUser), event, seconds);
  }

  /** The SUBSCRIBE that goes on with a subscription, or with 0 seconds ends it. */
  public MessageBuilder<SipRequest> subscription(SimDialog dialog, String event, int seconds) {
    return subscribing(dialog.request(Method.SUBSCRIBE), event, seconds);
  }

  private MessageBuilder<SipRequest> subscribing(
      MessageBuilder<SipRequest> request, String event, int seconds) {
    return request
        .header(HeaderName.CONTACT, "<" + contact() + ">")
        .header(HeaderName.EVENT, event)
        .header(HeaderName.EXPIRES, Integer.toString(seconds));
  }

  /** A NOTIFY without a body. */
  public MessageBuilder<SipRequest> notification(SimDialog dialog, String event, String state) {
    return dialog
        .request(Method.NOTIFY)
        .header(HeaderName.CONTACT, "<" + contact() + ">")
        .header(HeaderName.EVENT, event)
        .header(HeaderName.SUBSCRIPTION_STATE, state);
  }

  /** Calls. */
  public SipRequest invite(String toUser, @Nullable String sdp) {
    return send(invitation(toUser, sdp));
  }

  /** Takes an INVITE back. */
  public SipRequest cancel(SipRequest invite) {
    MessageBuilder<SipRequest> out =
        SipRequest.builder(Method.CANCEL, invite.requestUri())
            .copy(invite, HeaderName.VIA)
            .copy(invite, HeaderName.FROM)
            .copy(invite, HeaderName.TO)
            .copy(invite, HeaderName.CALL_ID)
            .header(HeaderName.CSEQ, CSeq.of(invite.cseq().seq(), Method.CANCEL).toString())
            .header(HeaderName.MAX_FORWARDS, "70");
    SipRequest cancel = out.build();
    wire.send(cancel.wire());
    lab.settle();
    return cancel;
  }

  /** Answers a request; with Contact, and SDP if any. */
  public SipResponse reply(
      SipRequest request, int status, @Nullable String sdp, String... headers) {
    MessageBuilder<SipResponse> out =
        SipResponse.to(request, status, ReasonPhrases.of(status), tag(request))
            .header(HeaderName.CONTACT, "<" + contact() + ">")
            .copy(request, HeaderName.RECORD_ROUTE)
            .header(HeaderName.SERVER, userAgent())
            .header(HeaderName.ALLOW, "INVITE, ACK, BYE, CANCEL, UPDATE, INFO, MESSAGE");
    for (String header : headers) {
      int colon = header.indexOf(':');
      out.header(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    SipResponse response = (sdp == null ? out : withSdp(out, sdp)).build();
    wire.send(response.wire());
    lab.settle();
    return response;
  }

  private String tag(SipRequest request) {
    return tags.computeIfAbsent(
        request.callId(), _ -> aor.user() + "-at-" + host + "-answers-" + ++counter);
  }

  /** The dialog an answer to this phone's INVITE makes. */
  public SimDialog dialog(SipRequest invite, SipResponse answer) {
    return SimDialog.uac(invite, answer);
  }

  /** The dialog this phone's answer to an INVITE makes. */
  public SimDialog dialog(SipRequest invite) {
    return SimDialog.uas(invite, tag(invite));
  }

  /** Acknowledges an answer to an INVITE. */
  public SipRequest ack(SimDialog dialog, SipResponse answer, @Nullable String sdp) {
    MessageBuilder<SipRequest> out = dialog.ack(answer);
    return send(sdp == null ? out : withSdp(out, sdp));
  }

  /** Acknowledges a refusal, as its transaction would. */
  public void ackFailure(SipRequest invite, SipResponse refusal) {
    SipRequest ack =
        SipRequest.builder(Method.ACK, invite.requestUri())
            .copy(invite, HeaderName.VIA)
            .copy(invite, HeaderName.FROM)
            .copy(refusal, HeaderName.TO)
            .copy(invite, HeaderName.CALL_ID)
            .header(HeaderName.CSEQ, CSeq.of(invite.cseq().seq(), Method.ACK).toString())
            .build();
    wire.send(ack.wire());
    lab.settle();
  }

  /** Acknowledges the answer to an INVITE and hangs up; the other side agrees. */
  public void endAnswered(SipRequest invite, SipResponse answer, SimPhone other) {
    SimDialog dialog = dialog(invite, answer);
    ack(dialog, answer, null);
    hangUp(dialog, other);
  }

  /** Hangs up; the other side agrees. */
  public void hangUp(SimDialog dialog, SimPhone other) {
    send(dialog.request(Method.BYE));
    other.reply(other.expect(Method.BYE), 200, null);
    expect(200);
  }

  /** Adds SDP to a message. */
  public static <M extends SipMessage> MessageBuilder<M> withSdp(
      MessageBuilder<M> out, String sdp) {
    return out.body("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
  }

  // ---- what came

  /** The first response of this status that was not asked for yet; others before it stay. */
  public SipResponse expect(int status) {
    return (SipResponse)
        take(m -> m instanceof SipResponse r && r.status() == status, "response " + status);
  }

  /** The first request of this method that was not asked for yet; others before it stay. */
  public SipRequest expect(Method method) {
    return (SipRequest)
        take(m -> m instanceof SipRequest r && r.method() == method, method.token());
  }

  private SipMessage take(Predicate<SipMessage> wanted, String what) {
    lab.settle();
    Iterator<SipMessage> messages = inbox.iterator();
    while (messages.hasNext()) {
      SipMessage message = messages.next();
      if (wanted.test(message)) {
        messages.remove();
        return message;
      }
    }
    throw new AssertionError(aor + " waits for " + what + " and has " + firstLines());
  }

  /** The first lines of what was not asked for yet. */
  public List<String> firstLines() {
    return inbox.stream().map(m -> m.startLine().toString()).toList();
  }

  /** Forgets what was not asked for. */
  public void clear() {
    inbox.clear();
  }
}
