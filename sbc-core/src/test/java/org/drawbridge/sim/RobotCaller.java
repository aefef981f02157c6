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

  private static final long PATIENCE_MILLIS = 120_000;

  int calls;
  int ends;
  int answers;

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
            .header(HeaderName.MAX_FORWARDS, "70")
            .header(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"" + aor.user() + "\"");
    Attempt attempt = new Attempt();
    ClientTransaction transaction =
        layer.send(SimPhone.withSdp(invite, sdp(1, "sendrecv")).build(), flow(), attempt);
    if (random.nextInt(4) == 0) {
      loop.schedule(random.nextLong(6_000), () -> transaction.cancel(null));
    }
    // Every 2xx may have been lost on the way: nobody waits for ever.
    loop.schedule(PATIENCE_MILLIS, () -> transaction.cancel(null));
  }

  @Override
  void onCall(ServerTransaction invite) {
    refuse(invite, 486);
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    refuse(invite, 487);
  }

  private void talk(Dialog dialog) {
    answers++;
    for (int i = random.nextInt(3); i > 0; i--) {
      loop.schedule(random.nextLong(20_000), () -> change(dialog));
    }
    loop.schedule(random.nextLong(20_000), () -> info(dialog));
    loop.schedule(random.nextLong(60_000), () -> hangUp(dialog));
  }

  private void change(Dialog dialog) {
    if (isUp(dialog)) {
      String direction = random.nextBoolean() ? "sendonly" : "sendrecv";
      MessageBuilder<SipRequest> out =
          SimPhone.withSdp(
              dialog.request(Method.INVITE), sdp(random.nextInt(1_000_000), direction));
      layer.send(out.header(HeaderName.CONTACT, contact()).build(), flow(), new Change(dialog));
    }
  }

  private void info(Dialog dialog) {
    if (isUp(dialog)) {
      layer.send(dialog.request(Method.INFO).build(), flow(), new Ignore());
    }
  }

  private void acknowledge(Dialog dialog, ClientTransaction invite, SipResponse success) {
    SipRequest repeated = dialog.ackOf(success);
    SipRequest ack = repeated == null ? dialog.ack(invite.request()).build() : repeated;
    dialog.sent(ack);
    layer.sendAck(ack, flow());
  }

  /** The outcome of a call. */
  private final class Attempt implements ResponseListener {

    private final Map<String, Dialog> dialogs = new HashMap<>();

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isProvisional()) {
        return;
      }
      if (!response.isSuccess()) {
        ends++;
        return;
      }
      String tag = String.valueOf(response.toTag());
      Dialog known = dialogs.get(tag);
      if (known == null) {
        known = Dialog.uac(transaction.request(), response, flow());
        began(known);
        begin(known);
        dialogs.put(tag, known);
      }
      acknowledge(known, transaction, response);
    }

    /** Whoever answers after the first of a fork is not talked to. */
    private void begin(Dialog dialog) {
      if (dialogs.isEmpty()) {
        ends++;
        talk(dialog);
      } else {
        loop.schedule(1, () -> hangUp(dialog));
      }
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      ends++;
    }
  }

  /** The outcome of a re-INVITE. */
  private final class Change implements ResponseListener {

    private final Dialog dialog;

    Change(Dialog dialog) {
      this.dialog = dialog;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isSuccess()) {
        dialog.onResponse(response);
        acknowledge(dialog, transaction, response);
      }
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      hangUp(dialog);
    }
  }
}
