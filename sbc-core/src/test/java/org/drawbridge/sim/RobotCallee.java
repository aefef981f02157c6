package org.drawbridge.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * A robot that is called: rings or not, reliably or not, answers, declines, redirects or sleeps,
 * and sometimes hangs up first.
 */
final class RobotCallee extends Robot {

  private static final int[] MOODS = {200, 200, 200, 200, 486, 603, 302, 0};

  private final Map<ServerTransaction, Dialog> ringing = new HashMap<>();
  private final Map<DialogId, RobotRinging> reliable = new HashMap<>();

  RobotCallee(Lab lab, Random random, String user, int port) {
    super(lab, random, user, port);
  }

  @Override
  void onCall(ServerTransaction invite) {
    Dialog dialog = Dialog.uas(invite.request(), flow(), Tokens.tag());
    ringing.put(invite, dialog);
    if (random.nextInt(4) > 0) {
      loop.schedule(random.nextLong(500), () -> ring(invite, dialog));
    }
    int mood = MOODS[random.nextInt(MOODS.length)];
    if (mood != 0) {
      loop.schedule(random.nextLong(8_000), () -> decide(invite, dialog, mood));
    }
  }

  private void ring(ServerTransaction invite, Dialog dialog) {
    if (invite.isAnswered() || !ringing.containsKey(invite)) {
      return;
    }
    boolean early = random.nextInt(4) == 0;
    var response = response(dialog, invite.request(), early ? 183 : 180);
    if (early) {
      SimPhone.withSdp(response, answerTo(invite.request()));
    }
    RobotRinging sure = reliable.get(dialog.id());
    if (sure == null && random.nextInt(3) == 0) {
      rings(dialog);
      sure = new RobotRinging(loop, random, invite);
      reliable.put(dialog.id(), sure);
    }
    if (sure == null) {
      invite.respond(response.build());
    } else {
      sure.send(response);
    }
    if (random.nextInt(3) == 0) {
      loop.schedule(random.nextLong(3_000), () -> ring(invite, dialog));
    }
  }

  @Override
  void onEarly(Dialog dialog, ServerTransaction transaction) {
    RobotRinging sure = reliable.get(dialog.id());
    if (transaction.request().method() != Method.PRACK || sure == null) {
      super.onEarly(dialog, transaction);
    } else {
      dialog.onRequest(transaction.request());
      int status = sure.onPrack(transaction.request()) ? 200 : 481;
      transaction.respond(response(dialog, transaction.request(), status).build());
    }
  }

  private void ringNoMore(ServerTransaction invite) {
    Dialog dialog = ringing.remove(invite);
    RobotRinging sure = dialog == null ? null : reliable.remove(dialog.id());
    if (dialog != null && sure != null) {
      sure.finish();
      ringsNoMore(dialog);
    }
  }

  private void decide(ServerTransaction invite, Dialog dialog, int mood) {
    if (invite.isAnswered()) {
      return;
    }
    RobotRinging sure = reliable.get(dialog.id());
    if (mood == 200 && sure != null && sure.delaysSuccess()) {
      loop.schedule(500, () -> decide(invite, dialog, mood));
      return;
    }
    ringNoMore(invite);
    if (mood == 302) {
      redirect(invite);
      return;
    }
    if (mood != 200) {
      refuse(invite, mood);
      return;
    }
    dialog.confirm();
    began(dialog);
    accept(dialog, invite);
    if (random.nextInt(5) == 0) {
      loop.schedule(random.nextLong(1_000), () -> hangUp(dialog));
    } else {
      talk.converse(dialog);
    }
  }

  private void redirect(ServerTransaction invite) {
    String contact = "<sip:20" + random.nextInt(6) + "@example.com>";
    invite.respond(
        SipResponse.to(invite.request(), 302, "Moved Temporarily", "moved")
            .header(HeaderName.CONTACT, contact)
            .build());
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    ringNoMore(invite);
    refuse(invite, 487);
  }

  @Override
  public void onLost(ServerTransaction invite) {
    ringNoMore(invite);
  }
}
