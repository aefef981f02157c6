package org.drawbridge.b2bua.fork;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.policy.Reasons;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Candidates tried at the same time (RFC 3261 section 16.6): the first answer wins, the others are
 * cancelled. One that redirects is replaced by a hunt for where it points. Ends once, with an
 * answer or, when all have failed or the ring time is over, with a failure.
 */
final class Stage implements Attempt, BranchOwner, Attempt.Owner {

  private final ForkOwner call;
  private final Attempt.Owner owner;
  private final Way way;
  private final Redirects redirects;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Set<Branch> ended = new HashSet<>();
  private final Failures failures = new Failures();
  private int branches;
  private int pending;
  private int share;
  private boolean over;
  private final Set<String> rang = new LinkedHashSet<>();
  private @Nullable Timer ringTimer;

  Stage(ForkOwner call, Attempt.Owner owner, Way way, Redirects redirects) {
    this.call = call;
    this.owner = owner;
    this.way = way;
    this.redirects = redirects;
  }

  /**
   * Tries all candidates at once, for at most the ring time of the way.
   *
   * @param breadth most branches at once, at least as many as there are candidates
   */
  void start(List<Candidate> candidates, int breadth) {
    branches = candidates.size();
    pending = branches;
    share = Math.max(1, breadth / branches);
    long millis = way.route().ringTimeout().toMillis();
    ringTimer = call.services().loop().schedule(millis, this::onRingTimeout);
    List<Branch> all = new ArrayList<>();
    for (Candidate candidate : candidates) {
      all.add(new Branch(call.services(), this, candidate, way.offer()));
    }
    attempts.addAll(all);
    all.forEach(branch -> branch.start(share));
  }

  /** Takes all attempts back; nothing more is told. */
  @Override
  public void giveUp(@Nullable String reason) {
    finish();
    List.copyOf(attempts).forEach(attempt -> attempt.giveUp(reason));
  }

  @Override
  public void onProgress(Branch branch, SipResponse response) {
    onProgress(branch, response, true);
  }

  @Override
  public void onProgress(Branch branch, SipResponse response, boolean alone) {
    rang.add(branch.candidate().label());
    if (!over) {
      owner.onProgress(branch, response, alone && branches == 1);
    }
  }

  @Override
  public void onAnswer(Branch winner, SipResponse response) {
    giveUp(Reasons.ELSEWHERE);
    owner.onAnswer(winner, response);
  }

  @Override
  public void onService(Candidate.Service service) {
    giveUp(Reasons.ELSEWHERE);
    owner.onService(service);
  }

  @Override
  public void onFailed(Branch branch, Failure failure) {
    Branch again = over ? null : branch.retry();
    if (again != null) {
      attempts.set(attempts.indexOf(branch), again);
      again.start(share);
      return;
    }
    SipResponse response = failure.response();
    if (!over && response != null && failure.status() < 400 && follow(branch, response)) {
      return;
    }
    Failure judged = way.plan().judged(failure);
    ended.add(branch);
    failures.add(judged);
    if (!over && !judged.equals(failure)) {
      stopFor(branch.candidate().label(), "SIP;cause=" + failure.status());
    }
    onEnd(judged.status());
  }

  /** Who has declined is not rung at its other devices either. */
  private void stopFor(String account, String reason) {
    for (Attempt attempt : attempts) {
      if (attempt instanceof Branch other
          && other.candidate().label().equals(account)
          && ended.add(other)) {
        pending--;
        other.giveUp(reason);
      }
    }
  }

  private boolean follow(Branch branch, SipResponse response) {
    List<Way> ways = redirects.follow(way, branch, response);
    if (ways.isEmpty()) {
      return false;
    }
    attempts.remove(branch);
    if (branches == 1) {
      way.plan().leave(); // who redirects is not called any more
    }
    Hunt hunt = new Hunt(call, this, redirects, ways, share);
    attempts.add(hunt);
    hunt.start();
    return true;
  }

  @Override
  public void onFailed(Failures ofHunt, boolean noAnswer) {
    Failure best = ofHunt.best();
    Failure judged = way.plan().judged(best);
    if (judged.equals(best)) {
      failures.addAll(ofHunt);
    } else {
      failures.add(judged);
    }
    onEnd(judged.status());
  }

  private void onEnd(int status) {
    pending--;
    if (over) {
      return;
    }
    if (status >= 600) {
      giveUp("SIP;cause=" + status);
      owner.onFailed(failures, false);
    } else if (pending == 0) {
      finish();
      owner.onFailed(failures, false);
    }
  }

  private void onRingTimeout() {
    Set<String> silent = silent();
    giveUp(Reasons.NO_ANSWER);
    if (!rang.isEmpty()) {
      failures.add(noAnswer(480, "Nobody answered in time", rang));
    }
    if (rang.isEmpty() || !silent.isEmpty()) {
      failures.add(noAnswer(408, "The called side did not respond", silent));
    }
    owner.onFailed(failures, true);
  }

  /** Who has shown no sign of life. */
  private Set<String> silent() {
    Set<String> silent = new LinkedHashSet<>();
    for (Attempt attempt : attempts) {
      if (attempt instanceof Branch branch && !ended.contains(branch)) {
        silent.add(branch.candidate().label());
      }
    }
    silent.removeAll(rang);
    return silent;
  }

  private static Failure noAnswer(int status, String words, Set<String> whose) {
    String names = whose.isEmpty() ? "" : ": " + String.join(", ", whose);
    return Failure.ofStatus(status, words, words + names);
  }

  private void finish() {
    over = true;
    if (ringTimer != null) {
      ringTimer.cancel();
    }
  }
}
