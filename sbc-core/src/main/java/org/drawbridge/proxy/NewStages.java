package org.drawbridge.proxy;

import java.util.List;
import org.drawbridge.limit.Passage;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.proxy.media.RelayedCall;
import org.jspecify.annotations.Nullable;

/** The targets of a route as a proxy tries them: the same plan that calls of ours follow. */
final class NewStages implements Stages {

  private final NewHop.Origin origin;
  private final TargetPlan plan;

  /** Stages that have not begun; {@code passage} is null where no limit is asked. */
  NewStages(NewHop.Origin origin, @Nullable Passage passage) {
    this.origin = origin;
    this.plan =
        new TargetPlan(
                origin.route(),
                origin.services().locations(),
                origin.services().trunks(),
                origin.services().limits().branches())
            .only(origin.admitted().device())
            .through(passage);
  }

  @Override
  public List<Hop> first() {
    return hops(plan.first());
  }

  @Override
  public List<Hop> next(Failure best, boolean noAnswer) {
    return hops(plan.next(best, noAnswer));
  }

  private List<Hop> hops(List<Candidate> candidates) {
    return candidates.stream().<Hop>map(candidate -> new NewHop(origin, candidate)).toList();
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

  @Override
  public void ended(int status) {
    RelayedCall media = origin.media();
    if (media != null) {
      media.ended(status);
    }
  }

  @Override
  public String label() {
    return "route=" + origin.route().route();
  }
}
