package org.drawbridge.sim;

import java.util.Random;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ServerTransaction;

/** A robot that calls: sometimes gives up while it rings, and always hangs up in the end. */
final class RobotCaller extends Robot {

  private static final String ALLOW = "INVITE, ACK, BYE, CANCEL, UPDATE, INFO";

  int calls;
  int ends;
  int answers;
  int pracks;
  int earlyChanges;
  int takeovers;

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
    if (!up.isEmpty() && random.nextInt(5) == 0) {
      takeovers++;
      invite.header(HeaderName.REPLACES, RobotTalk.replaces(up.iterator().next()));
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
    talk.converse(dialog);
  }

  /** Changes the session while it rings. */
  void changeEarly(Dialog dialog) {
    if (isEarly(dialog)) {
      earlyChanges++;
      MessageBuilder<SipRequest> out =
          dialog.request(Method.UPDATE).header(HeaderName.CONTACT, contact());
      ask(SimPhone.withSdp(out, talk.newSdp()).build(), new Ignore());
    }
  }
}
