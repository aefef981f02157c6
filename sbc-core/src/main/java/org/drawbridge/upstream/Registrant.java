package org.drawbridge.upstream;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TargetedRequest;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.upstream.RegistrationStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * Registers with one trunk and stays registered (RFC 3261 section 10.2): a round asks its targets
 * one after the other until one takes or refuses us; then it waits until it is time to refresh, or
 * ever longer after failures. Confined to a loop.
 */
final class Registrant {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.trunk");

  private static final long MAX_RETRY_MILLIS = 300_000;

  /** First wait after a failure that may pass by itself. */
  private static final long RETRY_MILLIS = 2_000;

  /** First wait after a refusal: asking again soon may lock the account. */
  private static final long REFUSED_MILLIS = 30_000;

  /** Requests of one round at one target; more would mean that the two sides do not agree. */
  private static final int MAX_REQUESTS = 5;

  private final Trunk trunk;
  private final ClientParts parts;
  private final TrunkBoard board;
  private final Consumer<Flow> onRegistered;
  private final RegisterRequest requests;
  private final DigestMemory digest;
  private long lifetime;
  private int target;
  private int targetsTried;
  private int requestsSent;
  private int failedRounds;
  private long validUntil;
  private long retryAfterMillis;
  private @Nullable Timer timer;
  private @Nullable Flow flow;

  /** That which is under way; what others were told means nothing any more. */
  private @Nullable Attempt attempt;

  private @Nullable Runnable onStopped;

  Registrant(
      Trunk trunk,
      TrunkRegistration registration,
      ClientParts parts,
      TrunkBoard board,
      Consumer<Flow> onRegistered) {
    this.onRegistered = onRegistered;
    this.trunk = trunk;
    this.parts = parts;
    this.board = board;
    this.lifetime = registration.expires().toSeconds();
    this.digest = new DigestMemory(registration.credentials());
    this.requests =
        new RegisterRequest(
            registration,
            TrunkBoard.contactUser(trunk.name(), registration),
            parts.callIds().get());
  }

  /** Begins a round: at the start, to refresh, after a pause. */
  void round() {
    timer = null;
    targetsTried = 0;
    retryAfterMillis = 0;
    ask();
  }

  private void ask() {
    Attempt begun = begin();
    TargetedRequest.send(
        parts.loop(),
        parts.transactions(),
        parts.flows(),
        Outgoing.destination(trunk, trunk.targets().get(target)),
        new TargetedRequest.Sending(
            this::request, trunk.tryTimeout().toMillis(), begun, begun::unreachable));
  }

  private Attempt begin() {
    requestsSent = 1;
    digest.begin();
    Attempt begun = new Attempt();
    attempt = begun;
    return begun;
  }

  private SipRequest request(Flow over) {
    flow = over;
    return digest.authorize(requests.next(over, onStopped == null ? lifetime : 0));
  }

  private void sendAgain(Flow over) {
    if (++requestsSent > MAX_REQUESTS) {
      refused("The registrar asks for ever more");
    } else if (attempt != null) {
      parts.transactions().send(request(over), over, attempt);
    }
  }

  /** What comes of the requests to one target until they are answered or given up. */
  private final class Attempt implements ResponseListener {

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (attempt == this && !response.isProvisional()) {
        answered(transaction, response);
      }
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      unreachable(
          switch (failure) {
            case TIMEOUT -> "no answer";
            case FLOW_CLOSED -> "the connection broke";
            case OVERLOADED -> "too many requests of our own";
          });
    }

    void unreachable(String reason) {
      if (attempt == this) {
        unanswered(reason);
      }
    }
  }

  private void answered(ClientTransaction transaction, SipResponse response) {
    int status = response.status();
    String words = status + " " + ReasonPhrases.of(status);
    switch (status) {
      case 401, 407 -> challenged(transaction, response, words);
      case 423 -> tooBrief(transaction.flow(), response);
      case 408 -> unanswered(words);
      default -> {
        if (response.isSuccess()) {
          accepted(transaction.flow(), response);
        } else if (status >= 500 && status < 600) {
          long seconds = Lifetimes.parse(response.headers().first(HeaderName.RETRY_AFTER), 0);
          retryAfterMillis = Math.max(retryAfterMillis, seconds * 1000);
          unanswered(words);
        } else {
          refused(words);
        }
      }
    }
  }

  private void challenged(ClientTransaction transaction, SipResponse response, String words) {
    if (digest.learn(response, transaction.request())) {
      sendAgain(transaction.flow());
    } else {
      refused(words + ", check username and password");
    }
  }

  private void tooBrief(Flow over, SipResponse response) {
    long least = Lifetimes.parse(response.headers().first(HeaderName.MIN_EXPIRES), 0);
    if (least <= lifetime || least > Duration.ofDays(1).toSeconds()) {
      refused("423 Interval Too Brief, but it wants " + least + " s");
      return;
    }
    lifetime = least;
    sendAgain(over);
  }

  private void accepted(Flow over, SipResponse response) {
    if (onStopped != null) {
      stopped(over);
      return;
    }
    long granted = requests.granted(response, lifetime);
    if (granted <= 0) {
      refused("The registrar answered " + response.status() + " and keeps us for no time");
      return;
    }
    if (failedRounds > 0 || validUntil == 0) {
      LOG.info(
          "trunk.registered trunk={} registrar={} transport={} remote={} expires={}",
          trunk.name(),
          trunk.targets().get(target),
          over.transport(),
          over.remote(),
          granted);
    }
    failedRounds = 0;
    validUntil = parts.loop().now() + granted * 1000;
    board.registered(
        trunk,
        trunk.targets().get(target),
        over,
        Duration.ofSeconds(granted),
        ServiceRoute.of(response));
    onRegistered.accept(over);
    pause(parts.spread(granted * 1000, 0.7, 0.9));
  }

  /** This target is of no use now; another one, or the same one later, may be. */
  private void unanswered(String reason) {
    targetsTried++;
    if (onStopped == null && targetsTried < trunk.targets().size()) {
      target = (target + 1) % trunk.targets().size();
      ask();
    } else {
      failed(reason, RETRY_MILLIS);
    }
  }

  private void refused(String reason) {
    validUntil = parts.loop().now();
    failed(reason, REFUSED_MILLIS);
  }

  private void failed(String reason, long firstWait) {
    if (onStopped != null) {
      stopped(null);
      return;
    }
    long left = validUntil - parts.loop().now();
    if (left <= 0) {
      board.unregistered(trunk, State.FAILED, reason);
    } else {
      board.notRefreshed(trunk, reason);
    }
    long longest = Math.min(MAX_RETRY_MILLIS, firstWait << Math.min(failedRounds, 10));
    long wanted =
        Math.max(parts.spread(longest, 0.5, 1), Math.min(retryAfterMillis, MAX_RETRY_MILLIS));
    failedRounds++;
    long next = left > 0 ? Math.min(wanted, left) : wanted;
    LOG.warn(
        "trunk.register-failed trunk={} registrar={} reason=\"{}\" retry-ms={}",
        trunk.name(),
        trunk.targets().get(target),
        reason,
        next);
    target = (target + 1) % trunk.targets().size();
    pause(next);
  }

  private void pause(long millis) {
    timer = parts.loop().schedule(millis, this::round);
  }

  /** A stream is gone. If it is the one we registered over, the registrar must get another. */
  void onFlowClosed(Flow closed) {
    if (flow == null || !flow.id().equals(closed.id())) {
      return;
    }
    flow = null;
    board.disconnected(trunk);
    if (timer != null && failedRounds == 0) {
      timer.cancel();
      LOG.info("trunk.disconnected trunk={} remote={}", trunk.name(), closed.remote());
      pause(parts.spread(RETRY_MILLIS, 0.1, 1));
    }
  }

  /**
   * Takes our Contact back, if the registrar has it, and ends.
   *
   * @param whenStopped told once, whatever the registrar says to it
   */
  void stop(Runnable whenStopped) {
    if (timer != null) {
      timer.cancel();
    }
    attempt = null;
    onStopped = whenStopped;
    if (parts.loop().now() >= validUntil || flow == null || !flow.isOpen()) {
      stopped(null);
      return;
    }
    Flow over = flow;
    parts.transactions().send(request(over), over, begin());
  }

  private void stopped(@Nullable Flow over) {
    Runnable told = onStopped;
    board.unregistered(trunk, State.REMOVED, over == null ? "stopped" : "taken back");
    if (told != null) {
      told.run();
    }
  }
}
