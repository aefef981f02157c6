package org.drawbridge.b2bua.fork;

import java.util.Iterator;
import java.util.List;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Tries one way after the other, and on each its stages of candidates, until somebody answers or
 * none is left (RFC 3261 section 16.6).
 */
public final class Hunt implements Attempt, Attempt.Owner {

  private final ForkOwner call;
  private final Attempt.Owner owner;
  private final Redirects redirects;
  private final Iterator<Way> ways;
  private final Failures failures = new Failures();
  private final int breadth;
  private List<Candidate> waiting = List.of();
  private @Nullable Way way;
  private @Nullable Stage stage;

  /**
   * A hunt on the way that routing chose for the call itself, not begun yet.
   *
   * @param breadth most branches at once (RFC 5393)
   */
  public Hunt(ForkOwner call, Attempt.Owner owner, Redirects redirects, int breadth) {
    this(call, owner, redirects, List.of(redirects.first()), breadth);
  }

  /**
   * A hunt that has not begun.
   *
   * @param ways at least one
   * @param breadth most branches at once (RFC 5393)
   */
  Hunt(ForkOwner call, Attempt.Owner owner, Redirects redirects, List<Way> ways, int breadth) {
    this.call = call;
    this.owner = owner;
    this.redirects = redirects;
    this.ways = ways.iterator();
    this.breadth = breadth;
  }

  /** Tries the first way; the owner may hear of an end before this returns. */
  public void start() {
    while (ways.hasNext()) {
      Way next = ways.next();
      List<Candidate> candidates = next.plan().first();
      way = next;
      tellSkipped(next);
      if (!candidates.isEmpty()) {
        tryAll(next, candidates);
        return;
      }
      if (failures.isEmpty()) {
        failures.add(next.plan().emptiness());
      }
    }
    owner.onFailed(failures, false);
  }

  private void tellSkipped(Way on) {
    on.plan().skipped().forEach(call::skipped);
  }

  private void tryAll(Way on, List<Candidate> candidates) {
    call.trying(on.route().route(), candidates);
    if (candidates.getFirst() instanceof Candidate.Service service) {
      waiting = List.of();
      stage = null;
      owner.onService(service);
      return;
    }
    int now = Math.min(candidates.size(), breadth);
    waiting = candidates.subList(now, candidates.size());
    Stage next = new Stage(call, this, on, redirects);
    stage = next;
    next.start(candidates.subList(0, now), breadth);
  }

  @Override
  public void onFailed(Failures ofStage, boolean noAnswer) {
    failures.addAll(ofStage);
    Way on = way;
    if (on == null) {
      throw new IllegalStateException("a stage without a way");
    }
    boolean declined = ofStage.best().status() >= 600;
    List<Candidate> next =
        waiting.isEmpty() || declined ? on.plan().next(ofStage.best(), noAnswer) : waiting;
    tellSkipped(on);
    if (next.isEmpty()) {
      on.plan().leave();
    }
    if (next.isEmpty() && (declined || !ways.hasNext())) {
      owner.onFailed(failures, noAnswer);
      return;
    }
    call.passedOver(ofStage.summary());
    if (next.isEmpty()) {
      start();
    } else {
      tryAll(on, next);
    }
  }

  /**
   * A service of ours has done its part before anybody answered: the next target's turn.
   *
   * @param last what the caller hears when there is none, null for what was heard before
   */
  public void onServed(@Nullable Failure last) {
    Way on = way;
    List<Candidate> next = on == null ? List.of() : on.plan().afterService();
    if (on != null && !next.isEmpty()) {
      tellSkipped(on);
      tryAll(on, next);
      return;
    }
    leave();
    if (last != null || failures.isEmpty()) {
      failures.end(last == null ? Failure.ofStatus(480, "The announcement is over") : last);
    }
    owner.onFailed(failures, false);
  }

  @Override
  public void onProgress(Branch branch, SipResponse response, boolean alone) {
    if (way != null) {
      way.plan().lives();
    }
    owner.onProgress(branch, response, alone);
  }

  @Override
  public void onAnswer(Branch winner, SipResponse response) {
    Way on = way;
    if (on != null && !winner.leg().isHolding()) {
      winner.leg().holds(on.plan().take());
    }
    leave();
    owner.onAnswer(winner, response);
  }

  @Override
  public void onService(Candidate.Service service) {
    leave();
    owner.onService(service);
  }

  @Override
  public void giveUp(@Nullable String reason) {
    if (stage != null) {
      stage.giveUp(reason);
    }
    leave();
  }

  private void leave() {
    if (way != null) {
      way.plan().leave();
    }
  }
}
