package org.drawbridge.b2bua;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.drawbridge.loop.Deadline;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.dialog.ReliableResponses;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.RAck;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.jspecify.annotations.Nullable;

/**
 * Sends the caller its provisional responses reliably (RFC 3262) where it asks for that, or knows
 * how and there is a session description to be sure of.
 */
final class ReliableRinging {

  /** What the caller says of the extension. */
  private enum Caller {
    IGNORANT,
    ABLE,
    INSISTENT
  }

  private final Call call;
  private final Caller caller;
  private final Deadline deadline;
  private @Nullable ReliableResponses responses;

  /** Nothing sent yet. */
  ReliableRinging(Call call) {
    this.call = call;
    this.caller = caller(call.invite().request());
    this.deadline = new Deadline(call.services().loop(), this::nextDeadline, this::onDue);
  }

  private static Caller caller(SipRequest invite) {
    if (has(invite, HeaderName.REQUIRE)) {
      return Caller.INSISTENT;
    }
    return has(invite, HeaderName.SUPPORTED) ? Caller.ABLE : Caller.IGNORANT;
  }

  private static boolean has(SipRequest invite, HeaderName header) {
    Set<String> tags = HeaderGrammar.optionTags(invite.headers(), header);
    return tags.contains(ReliableResponses.OPTION);
  }

  /** Whether a response is sent reliably, by whether it has a session description. */
  boolean covers(boolean describes) {
    return switch (caller) {
      case IGNORANT -> false;
      case ABLE -> describes;
      case INSISTENT -> true;
    };
  }

  /** Sends a response reliably, at once or after those before it. */
  void send(MessageBuilder<SipResponse> response) {
    transmit(responses().add(response, now()));
  }

  private void transmit(@Nullable SipResponse response) {
    if (response != null) {
      call.invite().respond(response);
    }
    deadline.reset();
  }

  /** Whether a 2xx has to wait for a PRACK (RFC 3262 section 3). */
  boolean delaysSuccess() {
    return responses != null && responses.delaysSuccess();
  }

  /**
   * Takes a PRACK; one that fits nothing is answered here.
   *
   * @return the response it acknowledges, so that the PRACK is to be answered by the owner; or null
   */
  @Nullable SipResponse onPrack(ServerTransaction prack) {
    SipRequest request = prack.request();
    RAck rack = HeaderGrammar.rack(request.headers()).orNull();
    if (rack == null) {
      prack.respond(Replies.refuse(request, 400, "A PRACK needs a well-formed RAck"));
      return null;
    }
    SipResponse acknowledged = responses == null ? null : responses.onPrack(rack);
    if (acknowledged == null) {
      prack.respond(Replies.refuse(request, 481, "No response waits for this PRACK"));
    }
    return acknowledged;
  }

  /** Sends what waited for the last PRACK. */
  void proceed() {
    if (responses != null) {
      transmit(responses.next(now()));
    }
  }

  /** The final response is sent. */
  void finish() {
    if (responses != null) {
      responses.finish();
    }
    deadline.stop();
  }

  private ReliableResponses responses() {
    if (responses == null) {
      responses =
          new ReliableResponses(
              TransactionSettings.DEFAULTS,
              call.invite().request().cseq(),
              ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    }
    return responses;
  }

  private long nextDeadline() {
    return responses == null ? Long.MAX_VALUE : responses.nextDeadline();
  }

  private void onDue() {
    if (responses == null) {
      return;
    }
    switch (responses.step(now())) {
      case WAIT -> {}
      case SEND_AGAIN -> transmit(responses.outstanding());
      case GIVE_UP -> {
        if (call.phase() instanceof Setup setup) {
          setup.onCallerSilent();
        }
      }
    }
  }

  private long now() {
    return call.services().loop().now();
  }
}
