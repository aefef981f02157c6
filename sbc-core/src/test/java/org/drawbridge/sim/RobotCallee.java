package org.drawbridge.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * A robot that is called: rings or not, answers, declines or sleeps, and sometimes hangs up first.
 */
final class RobotCallee extends Robot {

  private static final int[] MOODS = {200, 200, 200, 200, 486, 603, 0};

  private final Map<ServerTransaction, Dialog> ringing = new HashMap<>();

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
    if (!invite.isAnswered()) {
      boolean early = random.nextInt(4) == 0;
      var response = response(dialog, invite.request(), early ? 183 : 180);
      invite.respond(
          early
              ? SimPhone.withSdp(response, answerTo(invite.request())).build()
              : response.build());
    }
  }

  private void decide(ServerTransaction invite, Dialog dialog, int mood) {
    if (invite.isAnswered()) {
      return;
    }
    ringing.remove(invite);
    if (mood != 200) {
      refuse(invite, mood);
      return;
    }
    dialog.confirm();
    began(dialog);
    accept(dialog, invite);
    if (random.nextInt(3) == 0) {
      loop.schedule(random.nextLong(40_000), () -> hangUp(dialog));
    }
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    ringing.remove(invite);
    refuse(invite, 487);
  }

  @Override
  public void onLost(ServerTransaction invite) {
    ringing.remove(invite);
  }
}
