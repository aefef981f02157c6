package org.drawbridge.sim;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.drawbridge.account.Aor;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.dialog.AckWait;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.SimNet;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.sip.transaction.TransactionUser;
import org.jspecify.annotations.Nullable;

/**
 * A phone that acts by itself: knows its dialogs, answers what comes in them, and hangs up when
 * nobody ACKs.
 */
abstract class Robot implements TransactionUser, SimNet.Peer {

  final Lab lab;
  final SimLoop loop;
  final Random random;
  final Aor aor;
  final TransactionLayer layer;
  final Set<DialogId> up = new LinkedHashSet<>();
  private static final long PATIENCE_MILLIS = 120_000;

  int asked;
  int concluded;
  final RobotTalk talk = new RobotTalk(this);
  private final Map<DialogId, Dialog> dialogs = new HashMap<>();
  private final Map<DialogId, AckWait> waits = new HashMap<>();
  private final Set<DialogId> early = new LinkedHashSet<>();
  private final int port;
  private final String allow;
  private @Nullable Flow flow;
  private @Nullable Flow sbcEnd;

  Robot(Lab lab, Random random, String user, int port) {
    this.lab = lab;
    this.loop = lab.loop();
    this.random = random;
    this.port = port;
    this.allow = "INVITE, ACK, BYE, CANCEL, PRACK, INFO" + (port % 4 == 0 ? ", UPDATE" : "");
    this.aor = new Aor(user, "example.com");
    this.layer = new TransactionLayer(loop, this, TransactionSettings.DEFAULTS);
  }

  /** Connects and registers. */
  void connect(SimNet net, Transport transport) {
    sbcEnd = lab.link(net, transport, this);
    flow = net.otherEnd(sbcEnd);
    lab.bind(aor, sbcEnd);
  }

  /** The SBC's end of its link. */
  Flow sbcEnd() {
    if (sbcEnd == null) {
      throw new IllegalStateException("not connected");
    }
    return sbcEnd;
  }

  Flow flow() {
    if (flow == null) {
      throw new IllegalStateException("not connected");
    }
    return flow;
  }

  @Override
  public void onMessage(Flow from, SipMessage message) {
    layer.onMessage(from, message);
  }

  @Override
  public void onClosed(Flow closed) {
    layer.onFlowClosed(closed);
  }

  String contact() {
    return "<sip:" + aor.user() + "@" + flow().sentBy() + ">";
  }

  /** What it says of its media: another direction makes another session. */
  String sdp(int version, String direction) {
    return Sdps.phone("192.0.2.2", port, version, direction);
  }

  /** The answer to an offer: its mirror image. */
  String answerTo(SipMessage offer) {
    String body = offer.bodyText();
    String direction =
        body.contains("a=sendonly")
            ? "recvonly"
            : body.contains("a=recvonly") ? "sendonly" : "sendrecv";
    return sdp(random.nextInt(1_000_000), direction);
  }

  /** A dialog has been confirmed. */
  void began(Dialog dialog) {
    dialogs.put(dialog.id(), dialog);
    up.add(dialog.id());
  }

  /** A dialog that may become one. */
  void rings(Dialog dialog) {
    dialogs.put(dialog.id(), dialog);
    early.add(dialog.id());
  }

  /** It will not become one any more, or has become one. */
  void ringsNoMore(Dialog dialog) {
    early.remove(dialog.id());
  }

  boolean isEarly(Dialog dialog) {
    return early.contains(dialog.id());
  }

  /** The calls it has beside one, those that ring included. */
  List<DialogId> others(Dialog dialog) {
    return Stream.concat(up.stream(), early.stream())
        .filter(id -> !id.equals(dialog.id()))
        .toList();
  }

  /** The dialogs of its answered calls. */
  List<Dialog> talks() {
    return up.stream().map(dialogs::get).filter(Objects::nonNull).toList();
  }

  boolean isUp(Dialog dialog) {
    return up.contains(dialog.id());
  }

  void ended(Dialog dialog) {
    up.remove(dialog.id());
    waits.remove(dialog.id());
  }

  // ---- requests that come

  @Override
  public void onRequest(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    DialogId id = DialogId.ofReceived(request);
    Dialog dialog = id == null ? null : dialogs.get(id);
    if (id == null) {
      onCall(transaction);
    } else if (dialog != null && isEarly(dialog)) {
      onEarly(dialog, transaction);
    } else if (dialog == null || !isUp(dialog)) {
      refuse(transaction, 481);
    } else {
      onInDialog(dialog, transaction);
    }
  }

  /** A request while it rings: UPDATEs are taken. */
  void onEarly(Dialog dialog, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (!dialog.onRequest(request)) {
      refuse(transaction, 500);
    } else if (request.method() == Method.UPDATE) {
      update(dialog, transaction);
    } else {
      refuse(transaction, 500);
    }
  }

  /** Agrees to an UPDATE. */
  private void update(Dialog dialog, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    MessageBuilder<SipResponse> out = response(dialog, request, 200);
    transaction.respond(
        request.bodyLength() == 0 ? out.build() : SimPhone.withSdp(out, answerTo(request)).build());
  }

  /** An INVITE outside a dialog. */
  abstract void onCall(ServerTransaction invite);

  private void onInDialog(Dialog dialog, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (!dialog.onRequest(request)) {
      refuse(transaction, 500);
      return;
    }
    switch (request.method()) {
      case BYE -> {
        ended(dialog);
        transaction.respond(response(dialog, request, 200).build());
      }
      case INVITE -> {
        if (talk.isChanging(dialog)) {
          refuse(transaction, 491);
        } else {
          accept(dialog, transaction);
        }
      }
      case UPDATE -> update(dialog, transaction);
      default -> transaction.respond(response(dialog, request, 200).build());
    }
  }

  /** Answers an INVITE with 200 and repeats that until it is acknowledged. */
  void accept(Dialog dialog, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    MessageBuilder<SipResponse> out = response(dialog, request, 200);
    boolean refreshes = random.nextInt(6) == 0;
    if (refreshes || random.nextInt(3) == 0) {
      out.header(HeaderName.SESSION_EXPIRES, "20;refresher=" + (refreshes ? "uas" : "uac"))
          .header(HeaderName.REQUIRE, "timer");
    }
    SipResponse success = SimPhone.withSdp(out, answerTo(request)).build();
    transaction.respond(success);
    AckWait wait = new AckWait(success, TransactionSettings.DEFAULTS, loop.now());
    waits.put(dialog.id(), wait);
    if (refreshes) {
      talk.refresh(dialog);
    }
    repeat(dialog, transaction, wait);
  }

  private void repeat(Dialog dialog, ServerTransaction transaction, AckWait wait) {
    if (wait.isOver() || !isUp(dialog)) {
      return;
    }
    loop.schedule(
        wait.nextDeadline() - loop.now(),
        () -> {
          if (isUp(dialog) && !wait.isOver()) {
            switch (wait.step(loop.now())) {
              case SEND_AGAIN -> transaction.respond(wait.success());
              case GIVE_UP -> hangUp(dialog);
              case WAIT -> {}
            }
            repeat(dialog, transaction, wait);
          }
        });
  }

  @Override
  public void onAck(SipRequest ack, Flow from) {
    DialogId id = DialogId.ofReceived(ack);
    AckWait wait = id == null ? null : waits.get(id);
    if (wait != null) {
      wait.onAck(ack);
    }
  }

  @Override
  public void onStrayResponse(SipResponse response, Flow from) {}

  MessageBuilder<SipResponse> response(Dialog dialog, SipRequest request, int status) {
    return dialog
        .response(request, status, ReasonPhrases.of(status))
        .header(HeaderName.ALLOW, allow)
        .header(HeaderName.CONTACT, contact());
  }

  void refuse(ServerTransaction transaction, int status) {
    if (!transaction.isAnswered()) {
      transaction.respond(
          SipResponse.to(transaction.request(), status, ReasonPhrases.of(status), "refused")
              .build());
    }
  }

  /** Sends a BYE, unless the dialog is over; some do so before an ACK has come. */
  void hangUp(Dialog dialog) {
    if (isUp(dialog)) {
      ended(dialog);
      ask(dialog.request(Method.BYE).build(), new Ignore());
    }
  }

  /** Sends a request, and counts that it ends, once. */
  ClientTransaction ask(SipRequest request, ResponseListener listener) {
    asked++;
    ClientTransaction transaction = layer.send(request, flow(), new Counted(listener));
    if (request.method() == Method.INVITE) {
      // Every 2xx may have been lost on the way: nobody waits for ever.
      loop.schedule(PATIENCE_MILLIS, () -> transaction.cancel(null));
    }
    return transaction;
  }

  /** Counts the first final response, or that there was none. */
  private final class Counted implements ResponseListener {

    private final ResponseListener listener;
    private boolean over;

    Counted(ResponseListener listener) {
      this.listener = listener;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isFinal() && !over) {
        over = true;
        concluded++;
      }
      listener.onResponse(transaction, response);
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      concluded++;
      listener.onFailure(transaction, failure);
    }
  }

  /** Whoever listens to nothing. */
  static final class Ignore implements ResponseListener {
    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {}

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {}
  }
}
