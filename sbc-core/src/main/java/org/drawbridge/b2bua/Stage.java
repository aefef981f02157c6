package org.drawbridge.b2bua;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Candidates tried at the same time (RFC 3261 section 16.6): the first answer wins, the others are
 * cancelled. Ends once, with an answer or, when all have failed or the ring time is over, with a
 * failure.
 */
final class Stage implements Branch.Owner {

  private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";
  private static final String NO_ANSWER = "SIP;cause=408;text=\"No answer\"";

  /** What a stage tells. */
  interface Owner {
    /**
     * A provisional response; {@code alone} says that no other branch can contradict its session
     * description.
     */
    void onProgress(Branch branch, SipResponse response, boolean alone);

    /** The winner, others already cancelled. */
    void onAnswer(Branch winner, SipResponse response);

    /** Nobody answered. */
    void onStageFailed(Failures failures, boolean noAnswer);
  }

  private final Owner owner;
  private final List<Branch> branches = new ArrayList<>();
  private final Failures failures = new Failures();
  private int pending;
  private boolean over;
  private boolean rang;
  private @Nullable Timer ringTimer;

  Stage(Owner owner) {
    this.owner = owner;
  }

  /** Tries all candidates at once, for at most this long. */
  void start(
      CallServices services, List<Candidate> candidates, BranchOffer offer, long ringMillis) {
    pending = candidates.size();
    ringTimer = services.loop().schedule(ringMillis, this::onRingTimeout);
    for (Candidate candidate : candidates) {
      branches.add(new Branch(services, this, candidate, offer));
    }
    List.copyOf(branches).forEach(Branch::start);
  }

  /** Takes all attempts back; nothing more is told. */
  void giveUp(@Nullable String reason) {
    finish();
    branches.forEach(branch -> branch.giveUp(reason));
  }

  @Override
  public void onProgress(Branch branch, SipResponse response) {
    rang = true;
    if (!over) {
      owner.onProgress(branch, response, branches.size() == 1);
    }
  }

  @Override
  public void onAnswer(Branch branch, SipResponse response) {
    finish();
    for (Branch other : branches) {
      if (other != branch) {
        other.giveUp(ELSEWHERE);
      }
    }
    owner.onAnswer(branch, response);
  }

  @Override
  public void onFailed(Branch branch, Failure failure) {
    Branch again = over ? null : branch.retry();
    if (again != null) {
      branches.set(branches.indexOf(branch), again);
      again.start();
      return;
    }
    failures.add(failure);
    pending--;
    if (over) {
      return;
    }
    if (failure.status() >= 600) {
      giveUp("SIP;cause=" + failure.status());
      owner.onStageFailed(failures, false);
    } else if (pending == 0) {
      finish();
      owner.onStageFailed(failures, false);
    }
  }

  private void onRingTimeout() {
    giveUp(NO_ANSWER);
    failures.add(
        rang
            ? Failure.ofStatus(480, "Nobody answered in time")
            : Failure.ofStatus(408, "The called side did not respond"));
    owner.onStageFailed(failures, true);
  }

  private void finish() {
    over = true;
    if (ringTimer != null) {
      ringTimer.cancel();
    }
  }
}
