package org.drawbridge.sim;

import java.util.Random;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.dialog.ReliableResponses;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.RAck;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.jspecify.annotations.Nullable;

/** How a robot rings reliably. */
final class RobotRinging {

  private final SimLoop loop;
  private final ServerTransaction invite;
  private final ReliableResponses responses;

  RobotRinging(SimLoop loop, Random random, ServerTransaction invite) {
    this.loop = loop;
    this.invite = invite;
    this.responses =
        new ReliableResponses(
            TransactionSettings.DEFAULTS, invite.request().cseq(), 1 + random.nextInt(1_000_000));
  }

  void send(MessageBuilder<SipResponse> response) {
    transmit(responses.add(response, loop.now()));
  }

  private void transmit(@Nullable SipResponse response) {
    if (response != null && !invite.isAnswered()) {
      invite.respond(response);
      repeat();
    }
  }

  private void repeat() {
    long at = responses.nextDeadline();
    if (at != Long.MAX_VALUE) {
      loop.schedule(Math.max(0, at - loop.now()), this::onDue);
    }
  }

  private void onDue() {
    switch (responses.step(loop.now())) {
      case WAIT, GIVE_UP -> {}
      case SEND_AGAIN -> transmit(responses.outstanding());
    }
  }

  /** Whether a PRACK is of the response that waits for it. */
  boolean onPrack(SipRequest prack) {
    RAck rack = HeaderGrammar.rack(prack.headers()).orNull();
    boolean known = rack != null && responses.onPrack(rack) != null;
    if (known) {
      transmit(responses.next(loop.now()));
    }
    return known;
  }

  boolean delaysSuccess() {
    return responses.delaysSuccess();
  }

  void finish() {
    responses.finish();
  }
}
