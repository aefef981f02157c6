package org.drawbridge.sim;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.ReliableOrder;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/** One call of a robot, from ringing to its outcome. */
final class RobotAttempt implements ResponseListener {

  private final RobotCaller robot;
  private final boolean late;
  private final Map<String, Dialog> dialogs = new HashMap<>();
  private final Map<String, Early> early = new HashMap<>();
  private boolean answeredOffer;

  /** A dialog that rings, and what was heard in it reliably. */
  private record Early(Dialog dialog, ReliableOrder order) {}

  /** A call; {@code late} where its INVITE has no offer. */
  RobotAttempt(RobotCaller robot, boolean late) {
    this.robot = robot;
    this.late = late;
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      onProvisional(transaction, response);
    } else if (response.isSuccess()) {
      onSuccess(transaction, response);
    } else {
      robot.ends++;
      ringNoMore();
    }
  }

  private void onProvisional(ClientTransaction transaction, SipResponse response) {
    if (response.toTag() == null || !dialogs.isEmpty()) {
      return;
    }
    Early ringing = early.computeIfAbsent(response.toTag(), _ -> begin(transaction, response));
    if (ringing.order().onResponse(response) != ReliableOrder.Heard.NEW) {
      return;
    }
    Dialog dialog = ringing.dialog();
    String rack = response.headers().first(HeaderName.RSEQ) + " " + response.cseq();
    MessageBuilder<SipRequest> prack = dialog.request(Method.PRACK).header(HeaderName.RACK, rack);
    boolean described = response.bodyLength() > 0;
    if (late && described && !answeredOffer) {
      answeredOffer = true;
      SimPhone.withSdp(prack, robot.answerTo(response));
    }
    robot.pracks++;
    robot.ask(prack.build(), new Robot.Ignore());
    if (described && robot.random.nextInt(3) == 0) {
      robot.loop.schedule(robot.random.nextLong(2_000), () -> robot.changeEarly(dialog));
    }
  }

  private Early begin(ClientTransaction transaction, SipResponse response) {
    Dialog dialog = Dialog.uac(transaction.request(), response, robot.flow());
    robot.rings(dialog);
    if (robot.random.nextInt(3) == 0) {
      robot.loop.schedule(robot.random.nextLong(2_000), () -> robot.talk.transferInto(dialog));
    }
    return new Early(dialog, new ReliableOrder());
  }

  private void onSuccess(ClientTransaction transaction, SipResponse response) {
    String tag = String.valueOf(response.toTag());
    Dialog known = dialogs.get(tag);
    boolean offered = late && !answeredOffer;
    if (known == null) {
      known = confirmed(transaction, response);
      robot.began(known);
      begin(known);
      dialogs.put(tag, known);
    }
    robot.talk.acknowledge(known, transaction, response, offered);
  }

  private Dialog confirmed(ClientTransaction transaction, SipResponse response) {
    Early before = early.get(String.valueOf(response.toTag()));
    ringNoMore();
    if (before == null) {
      return Dialog.uac(transaction.request(), response, robot.flow());
    }
    before.dialog().onResponse(response);
    return before.dialog();
  }

  /** Whoever answers after the first of a fork is not talked to. */
  private void begin(Dialog dialog) {
    if (dialogs.isEmpty()) {
      robot.ends++;
      robot.talk(dialog);
    } else {
      robot.loop.schedule(1, () -> robot.hangUp(dialog));
    }
  }

  private void ringNoMore() {
    early.values().forEach(ringing -> robot.ringsNoMore(ringing.dialog()));
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    robot.ends++;
    ringNoMore();
  }
}
