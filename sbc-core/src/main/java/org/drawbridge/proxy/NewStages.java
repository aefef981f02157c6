package org.drawbridge.proxy;

import java.time.Duration;
import java.util.List;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.proxy.media.RelayedCall;
import org.drawbridge.sip.message.SipResponse;

/** The targets of a route as a proxy tries them: the same plan that calls of ours follow. */
final class NewStages implements Stages {

  private static final Failure RANG = Failure.ofStatus(480, "Nobody answered in time");

  private final NewHop.Origin origin;
  private final CountedCall counted;
  private final TargetPlan plan;
  private final int breadth;

  /** Those of the same stage that are tried later, since the request may not be forked further. */
  private List<Candidate> waiting = List.of();

  /** Whether somebody of the present stage has shown that it is there. */
  private boolean rang;

  /** Stages that have not begun. */
  NewStages(NewHop.Origin origin, CountedCall counted) {
    this.origin = origin;
    this.counted = counted;
    this.breadth = Breadth.of(origin.server().request());
    this.plan =
        new TargetPlan(
                origin.route(),
                origin.services().locations(),
                origin.services().trunks(),
                origin.services().limits().branches())
            .only(origin.admitted().device())
            .counting(origin.services().counters())
            .through(counted.passage())
            .judging();
  }

  @Override
  public List<Hop> first() {
    return hops(plan.first());
  }

  @Override
  public List<Hop> next(Failure best, boolean noAnswer) {
    Failure shown = noAnswer && rang ? RANG : best;
    rang = false;
    return hops(waiting.isEmpty() || shown.status() >= 600 ? plan.next(shown, noAnswer) : waiting);
  }

  /** No more branches at once than the request allows (RFC 5393 section 5.3.3). */
  private List<Hop> hops(List<Candidate> candidates) {
    int now = Math.min(candidates.size(), breadth);
    waiting = candidates.subList(now, candidates.size());
    int share = Math.max(1, breadth / Math.max(1, now));
    return candidates.subList(0, now).stream()
        .<Hop>map(candidate -> new NewHop(origin, candidate, share))
        .toList();
  }

  @Override
  public Failure judged(Failure failure) {
    return plan.judged(failure);
  }

  @Override
  public Failure emptiness() {
    return plan.emptiness();
  }

  /** What the operator calls the longest wait at one target; an hour at most. */
  @Override
  public long patience() {
    return origin.route().ringTimeout().toMillis();
  }

  /** Whoever rings says so again and again; the operator's wait is for an answer. */
  @Override
  public boolean isProlonged() {
    return false;
  }

  @Override
  public void progressed() {
    rang = true;
    plan.lives();
  }

  /** What the target has of the limits is the call's from now on. */
  @Override
  public void succeeded(SipResponse success) {
    plan.take();
    counted.answered(success);
  }

  @Override
  public void ended(int status) {
    if (status < 200 || status >= 300) {
      plan.leave();
      counted.end();
    }
    RelayedCall media = origin.media();
    if (media != null) {
      media.ended(status);
    }
  }

  @Override
  public long totalPatience() {
    Duration total = origin.route().persistence().totalTimeout();
    return total == null ? 0 : total.toMillis();
  }

  @Override
  public String label() {
    return "route=" + origin.route().route();
  }
}
