package org.drawbridge.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.LogText;
import org.drawbridge.policy.Reasons;
import org.drawbridge.reach.CallServices;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request that is passed on (RFC 3261 section 16.7): provisionals and every 2xx
 * go back at once, of the failures only the best, once no branch is left. Lives as long as its
 * transactions.
 */
final class ResponseContext implements ProxyBranch.Owner {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.proxy");

  private static final Failure CANCELLED = Failure.ofStatus(487, "The caller gave up");
  private static final Failure UNANSWERED = Failure.ofStatus(408, "Nobody there answered in time");

  private final CallServices services;
  private final ServerTransaction server;
  private final Stages stages;
  private final Runnable onEnd;
  private final BestResponse failures = new BestResponse();
  private final List<ProxyBranch> branches = new ArrayList<>(1);

  /** Of the present stage. */
  private BestResponse ofStage = new BestResponse();

  private List<ProxyBranch> pending = List.of();
  private @Nullable Timer timerC;
  private @Nullable Timer totalTimer;

  /** No further stage is begun: somebody has answered or refused for all, or the caller left. */
  private boolean decided;

  private boolean cancelled;
  private boolean ended;

  /** Its sender was told of a failure; a 2xx that comes after it passes all the same. */
  private boolean failed;

  /**
   * A context that has not begun.
   *
   * @param onEnd called once, when the request has its final response or will never have one
   */
  ResponseContext(CallServices services, ServerTransaction server, Stages stages, Runnable onEnd) {
    this.services = services;
    this.server = server;
    this.stages = stages;
    this.onEnd = onEnd;
  }

  void start() {
    if (isInvite() && stages.totalPatience() > 0) {
      totalTimer = services.loop().schedule(stages.totalPatience(), this::onTooLong);
    }
    tryNext(stages.first());
  }

  private void tryNext(List<Hop> hops) {
    if (hops.isEmpty()) {
      finish();
      return;
    }
    ofStage = new BestResponse();
    List<ProxyBranch> stage = new ArrayList<>(hops.size());
    for (Hop hop : hops) {
      stage.add(new ProxyBranch(this, hop, services, server));
    }
    branches.addAll(stage);
    pending = new ArrayList<>(stage);
    if (isInvite()) {
      startTimerC();
    }
    stage.forEach(ProxyBranch::start);
  }

  private boolean isInvite() {
    return server.request().method() == Method.INVITE;
  }

  @Override
  public void onProgress(SipResponse response, Hop by) {
    if (isInvite() && !server.isAnswered()) {
      stages.progressed();
      if (timerC != null && stages.isProlonged()) {
        stopTimerC();
        startTimerC();
      }
      pass(response, by);
    }
  }

  @Override
  public void onSuccess(ProxyBranch branch, SipResponse response, Hop by) {
    pending.remove(branch);
    if (!isInvite() && server.isAnswered()) {
      return;
    }
    pass(response, by);
    if (failed) {
      String callId = server.request().callId();
      LOG.info("proxy.late-answer call-id={} {} by={}", callId, stages.label(), by.label());
    }
    stages.succeeded(response);
    if (!ended) {
      decided = true;
      end(response.status());
      giveUpOthers(Reasons.ELSEWHERE);
    }
  }

  private void pass(SipResponse response, Hop by) {
    server.forward(response.status(), response.toTag(), by.rewriting().apply(response));
  }

  @Override
  public void onFailed(ProxyBranch branch, Failure told) {
    if (!pending.remove(branch)) {
      return; // of a stage that was left behind
    }
    Failure failure = stages.judged(told);
    if (failure.status() != 487 || !branch.isGivenUp() || cancelled) {
      ofStage.add(failure); // a 487 that we asked for is no news
      failures.add(failure);
    }
    if (!failure.equals(told)) { // who has declined is not rung at its other devices either
      String reason = "SIP;cause=" + told.status();
      List.copyOf(pending).stream()
          .filter(other -> other.label().equals(branch.label()))
          .forEach(other -> other.giveUp(reason, CANCELLED));
    }
    if (failure.status() >= 600 && !decided) {
      giveUpOthers("SIP;cause=" + failure.status());
    }
    if (pending.isEmpty() && !ended) {
      stopTimerC();
      tryNext(decided ? List.of() : stages.next(ofStage.best(), false));
    }
  }

  /** Goes on without those that did not answer; where there is nowhere to go, waits for them. */
  private void onTimerC() {
    timerC = null;
    Failure best = ofStage.isEmpty() ? UNANSWERED : ofStage.best();
    List<Hop> next = decided ? List.of() : stages.next(best, best.status() < 600);
    if (next.isEmpty()) {
      decided = true;
      failures.add(unanswered());
      giveUp(Reasons.NO_ANSWER, UNANSWERED);
    } else {
      List<ProxyBranch> left = pending;
      failures.add(unanswered());
      pending = List.of();
      left.forEach(branch -> branch.giveUp(Reasons.NO_ANSWER, UNANSWERED));
      tryNext(next);
    }
  }

  private void onTooLong() {
    totalTimer = null;
    if (!decided) {
      decided = true;
      failures.add(unanswered());
      giveUp(Reasons.NO_ANSWER, UNANSWERED);
    }
  }

  /** The caller takes its INVITE back. */
  void cancel(@Nullable String reason) {
    decided = true;
    cancelled = true;
    List.copyOf(branches).forEach(branch -> branch.cancel(reason, CANCELLED));
  }

  /** The caller's connection is gone: nothing can be told to it any more. */
  void lost() {
    decided = true;
    end(0);
    giveUpOthers(null);
  }

  private void giveUpOthers(@Nullable String reason) {
    giveUp(reason, CANCELLED);
  }

  /** None of those that still are asked. */
  private Failure unanswered() {
    return UNANSWERED.by(
        pending.stream().map(ProxyBranch::label).distinct().collect(Collectors.joining(", ")));
  }

  private void giveUp(@Nullable String reason, Failure otherwise) {
    List.copyOf(branches).forEach(branch -> branch.giveUp(reason, otherwise));
  }

  private void finish() {
    if (ended) {
      return;
    }
    if (failures.isEmpty()) {
      failures.add(stages.emptiness());
    }
    if (cancelled && failures.best().response() == null) {
      failures.add(CANCELLED);
    }
    failed = true;
    end(failures.send(server));
  }

  private void end(int status) {
    ended = true;
    stopTimerC();
    if (totalTimer != null) {
      totalTimer.cancel();
    }
    stages.ended(status);
    onEnd.run();
    SipRequest request = server.request();
    // One line a call: what follows within it is of interest only to those who look for a fault.
    LOG.log(
        request.toTag() == null ? Level.INFO : Level.DEBUG,
        "proxy.done call-id={} method={} {} status={} branches={}{}",
        LogText.of(request.callId()),
        request.methodToken(),
        stages.label(),
        status,
        branches.size(),
        status < 300 || failures.isEmpty()
            ? ""
            : " reason=\"" + LogText.ofReasons(failures.report()) + "\"");
  }

  private void startTimerC() {
    timerC = services.loop().schedule(stages.patience(), this::onTimerC);
  }

  private void stopTimerC() {
    if (timerC != null) {
      timerC.cancel();
      timerC = null;
    }
  }
}
