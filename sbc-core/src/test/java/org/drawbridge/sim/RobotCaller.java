package org.drawbridge.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * A robot that calls: sometimes gives up, sometimes holds, sends an INFO, and always hangs up in
 * the end.
 */
final class RobotCaller extends Robot {

  private static final String ALLOW = "INVITE, ACK, BYE, CANCEL, UPDATE, INFO";

  private final Map<String, SipRequest> acks = new HashMap<>();
  int calls;
  int ends;
  int answers;
  int pracks;
  int earlyChanges;

  RobotCaller(Lab lab, Random random, String user, int port) {
    super(lab, random, user, port);
  }

  /** Begins a call. */
  void call(String user) {
    calls++;
    SipUri to = SipUri.of(user, aor.domain(), -1);
    MessageBuilder<SipRequest> invite =
        SipRequest.builder(Method.INVITE, to)
            .header(HeaderName.FROM, "<sip:" + aor + ">;tag=" + Tokens.tag())
            .header(HeaderName.TO, "<" + to + ">")
            .header(HeaderName.CALL_ID, Tokens.id())
            .header(HeaderName.CSEQ, CSeq.of(1, Method.INVITE).toString())
            .header(HeaderName.CONTACT, contact())
            .header(HeaderName.ALLOW, ALLOW)
            .header(HeaderName.MAX_FORWARDS, "70")
            .header(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"" + aor.user() + "\"");
    switch (random.nextInt(4)) {
      case 0 -> invite.header(HeaderName.REQUIRE, "100rel");
      case 1, 2 -> invite.header(HeaderName.SUPPORTED, "100rel");
      default -> {}
    }
    boolean late = random.nextInt(5) == 0;
    if (!late) {
      SimPhone.withSdp(invite, sdp(1, "sendrecv"));
    }
    ClientTransaction transaction = ask(invite.build(), new RobotAttempt(this, late));
    if (random.nextInt(4) == 0) {
      loop.schedule(random.nextLong(6_000), () -> transaction.cancel(null));
    }
  }

  @Override
  void onCall(ServerTransaction invite) {
    refuse(invite, 486);
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    refuse(invite, 487);
  }

  /** The call is answered. */
  void talk(Dialog dialog) {
    answers++;
    for (int i = random.nextInt(3); i > 0; i--) {
      loop.schedule(random.nextLong(20_000), () -> change(dialog));
    }
    loop.schedule(random.nextLong(20_000), () -> info(dialog));
    loop.schedule(random.nextLong(60_000), () -> hangUp(dialog));
  }

  private void change(Dialog dialog) {
    if (isUp(dialog)) {
      int way = random.nextInt(4);
      MessageBuilder<SipRequest> out =
          dialog
              .request(way == 0 ? Method.UPDATE : Method.INVITE)
              .header(HeaderName.CONTACT, contact());
      if (way != 1) {
        SimPhone.withSdp(out, newSdp());
      }
      ask(out.build(), new Change(dialog));
    }
  }

  /** Changes the session while it rings. */
  void changeEarly(Dialog dialog) {
    if (isEarly(dialog)) {
      earlyChanges++;
      MessageBuilder<SipRequest> out =
          dialog.request(Method.UPDATE).header(HeaderName.CONTACT, contact());
      ask(SimPhone.withSdp(out, newSdp()).build(), new Ignore());
    }
  }

  private String newSdp() {
    return sdp(random.nextInt(1_000_000), random.nextBoolean() ? "sendonly" : "sendrecv");
  }

  private void info(Dialog dialog) {
    if (isUp(dialog)) {
      ask(dialog.request(Method.INFO).build(), new Ignore());
    }
  }

  /** Sends an ACK, with the answer where the 2xx has an offer. */
  void acknowledge(Dialog dialog, ClientTransaction invite, SipResponse success, boolean offered) {
    String answer = success.callId() + success.toTag() + success.cseq();
    SipRequest ack = acks.get(answer);
    if (ack == null) {
      MessageBuilder<SipRequest> out = dialog.ack(invite.request());
      ack = (offered ? SimPhone.withSdp(out, answerTo(success)) : out).build();
      acks.put(answer, ack);
    }
    layer.sendAck(ack, flow());
  }

  /** The outcome of a re-INVITE or UPDATE. */
  private final class Change implements ResponseListener {

    private final Dialog dialog;

    Change(Dialog dialog) {
      this.dialog = dialog;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isSuccess()) {
        dialog.onResponse(response);
        if (transaction.request().method() == Method.INVITE) {
          boolean offered = transaction.request().bodyLength() == 0;
          acknowledge(dialog, transaction, response, offered);
        }
      }
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      hangUp(dialog);
    }
  }
}
