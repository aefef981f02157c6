package org.drawbridge.sim;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a robot does by itself in its answered calls: holds, takes new offers, sends an INFO, sends
 * the other side to somebody else, and in the end hangs up.
 */
final class RobotTalk {

  private final Robot robot;
  private final Map<String, SipRequest> acks = new HashMap<>();
  private final Set<DialogId> changing = new HashSet<>();
  private final Set<DialogId> refreshing = new HashSet<>();
  int transfers;
  int earlyTransfers;

  RobotTalk(Robot robot) {
    this.robot = robot;
  }

  /** What it does in a call that is answered, until it hangs up. */
  void converse(Dialog dialog) {
    for (int i = robot.random.nextInt(3); i > 0; i--) {
      robot.loop.schedule(moment(), () -> change(dialog));
    }
    robot.loop.schedule(robot.random.nextLong(20_000), () -> info(dialog));
    if (robot.random.nextInt(4) == 0) {
      robot.loop.schedule(robot.random.nextLong(20_000), () -> transfer(dialog));
    }
    robot.loop.schedule(robot.random.nextLong(60_000), () -> robot.hangUp(dialog));
  }

  /** Often the one that the other side has chosen too. */
  private long moment() {
    return robot.random.nextBoolean()
        ? robot.random.nextLong(20_000)
        : 2_000 * robot.random.nextInt(4);
  }

  /** Refreshes a session of 20 s, again and again. */
  void refresh(Dialog dialog) {
    if (refreshing.add(dialog.id())) {
      robot.loop.schedule(8_000, () -> refreshNow(dialog));
    }
  }

  private void refreshNow(Dialog dialog) {
    refreshing.remove(dialog.id());
    if (robot.isUp(dialog)) {
      MessageBuilder<SipRequest> out =
          dialog
              .request(Method.UPDATE)
              .header(HeaderName.CONTACT, robot.contact())
              .header(HeaderName.SUPPORTED, "timer")
              .header(HeaderName.SESSION_EXPIRES, "90;refresher=uac");
      robot.ask(out.build(), new Change(dialog));
      refresh(dialog);
    }
  }

  private void change(Dialog dialog) {
    if (robot.isUp(dialog)) {
      int way = robot.random.nextInt(4);
      MessageBuilder<SipRequest> out =
          dialog
              .request(way == 0 ? Method.UPDATE : Method.INVITE)
              .header(HeaderName.CONTACT, robot.contact());
      if (way != 1) {
        SimPhone.withSdp(out, newSdp());
      }
      changing.add(dialog.id());
      robot.ask(out.build(), new Change(dialog));
    }
  }

  /** Whether an offer of its own is on its way, so that it takes none (RFC 3261 section 14.2). */
  boolean isChanging(Dialog dialog) {
    return changing.contains(dialog.id());
  }

  /** Another session than before. */
  String newSdp() {
    return robot.sdp(
        robot.random.nextInt(1_000_000), robot.random.nextBoolean() ? "sendonly" : "sendrecv");
  }

  private void info(Dialog dialog) {
    if (robot.isUp(dialog)) {
      robot.ask(dialog.request(Method.INFO).build(), new Robot.Ignore());
    }
  }

  /** Sends the other side to somebody, or to whom it talks to in another call. */
  private void transfer(Dialog dialog) {
    if (!robot.isUp(dialog)) {
      return;
    }
    List<DialogId> others = robot.others(dialog);
    boolean attended = !others.isEmpty() && robot.random.nextBoolean();
    transfers++;
    refer(dialog, attended ? others.get(robot.random.nextInt(others.size())) : null);
  }

  /** Sends whom it talks to into a call of its own that rings, and often leaves both. */
  void transferInto(Dialog ringing) {
    List<Dialog> talks = robot.talks();
    if (talks.isEmpty() || !robot.isEarly(ringing)) {
      return;
    }
    Dialog dialog = talks.get(robot.random.nextInt(talks.size()));
    earlyTransfers++;
    refer(dialog, ringing.id());
    if (robot.random.nextBoolean()) {
      robot.loop.schedule(robot.random.nextLong(2_000), () -> robot.hangUp(dialog));
    }
  }

  private void refer(Dialog dialog, @Nullable DialogId other) {
    String target = "sip:20" + robot.random.nextInt(6) + "@example.com";
    String referTo = other == null ? target : target + "?Replaces=" + escaped(replaces(other));
    robot.ask(
        dialog
            .request(Method.REFER)
            .header(HeaderName.CONTACT, robot.contact())
            .header(HeaderName.REFER_TO, "<" + referTo + ">")
            .build(),
        new Robot.Ignore());
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** How another names a dialog of this robot's. */
  static String replaces(DialogId id) {
    return id.callId() + ";to-tag=" + id.remoteTag() + ";from-tag=" + id.localTag();
  }

  /** Sends an ACK, with the answer where the 2xx has an offer. */
  void acknowledge(Dialog dialog, ClientTransaction invite, SipResponse success, boolean offered) {
    String answer = success.callId() + success.toTag() + success.cseq();
    SipRequest ack = acks.get(answer);
    if (ack == null) {
      MessageBuilder<SipRequest> out = dialog.ack(invite.request());
      ack = (offered ? SimPhone.withSdp(out, robot.answerTo(success)) : out).build();
      acks.put(answer, ack);
    }
    robot.layer.sendAck(ack, robot.flow());
  }

  /** The outcome of a re-INVITE or UPDATE. */
  private final class Change implements ResponseListener {

    private final Dialog dialog;

    Change(Dialog dialog) {
      this.dialog = dialog;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isFinal()) {
        changing.remove(dialog.id());
      }
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
      changing.remove(dialog.id());
      robot.hangUp(dialog);
    }
  }
}
