package org.drawbridge.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.drawbridge.account.Aor;
import org.drawbridge.limit.Entry;
import org.drawbridge.limit.Hold;
import org.drawbridge.limit.Passage;
import org.drawbridge.limit.Refusal;
import org.drawbridge.metrics.Counters;
import org.drawbridge.metrics.Limit;
import org.drawbridge.policy.TrunkTry.Verdict;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.Announcement;
import org.drawbridge.routing.value.SipTarget;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a request is tried (RFC 3261 section 16.6): the targets of its route one after
 * the other, in each the contacts of equal q at once and the others by falling q, the hosts of a
 * trunk one by one. What is known not to answer is left out, unless nothing else is left. Belongs
 * to one call.
 */
public final class TargetPlan {

  /**
   * Devices of accounts that are called together: as many as there may be accounts. How many of
   * them ring at once is bounded by Max-Breadth.
   */
  private static final int MOST_OF_GROUP = 100;

  private final Iterator<RouteTarget> targets;
  private final FailurePolicy policy;
  private final LocationService locations;
  private final TrunkStates trunks;
  private final int maxBranches;
  private final boolean someoneAnswers;
  private final List<String> skipped = new ArrayList<>();
  private @Nullable Gruu device;
  private @Nullable Counters counters;
  private final Deque<List<Candidate>> stages = new ArrayDeque<>();
  private boolean inTrunk;
  private boolean inGroup;
  private @Nullable Passage passage;
  private @Nullable Hold hold;
  private TrunkTry attempt = TrunkTry.UNJUDGED;
  private boolean judges;
  private boolean passedOver;
  private Failure lastFailure = Failure.ofStatus(480, "Nobody can be reached there");

  /**
   * Plans what a route decided.
   *
   * @param trunks how trunks stand
   * @param maxBranches most contacts tried at once; those of lowest q and oldest are left out
   */
  public TargetPlan(
      RouteDecision.Deliver route, LocationService locations, TrunkStates trunks, int maxBranches) {
    this.targets = route.targets().iterator();
    this.policy = route.onFailure();
    this.locations = locations;
    this.trunks = trunks;
    this.someoneAnswers = route.targets().stream().anyMatch(this::mayAnswer);
    this.maxBranches = maxBranches;
  }

  /** Plans for one device of an account; null for all of them. */
  public TargetPlan only(@Nullable Gruu wanted) {
    device = wanted;
    return this;
  }

  /** What it has of the limits: every target has to be let in; null asks nobody. */
  public TargetPlan through(@Nullable Passage limits) {
    passage = limits;
    return this;
  }

  /** What becomes of its calls tells whether the trunks work. */
  public TargetPlan judging() {
    judges = true;
    return this;
  }

  /** Counts where devices are left out. */
  public TargetPlan counting(Counters all) {
    counters = all;
    return this;
  }

  /** Plans just this one. */
  public TargetPlan(
      Candidate only, FailurePolicy policy, LocationService locations, TrunkStates trunks) {
    this.targets = Collections.emptyIterator();
    this.policy = policy;
    this.locations = locations;
    this.trunks = trunks;
    this.someoneAnswers = true;
    this.maxBranches = 1;
    stages.add(List.of(only));
  }

  /**
   * The candidates to try first, all at once; empty if there are none, as {@link #emptiness} says
   * why.
   */
  public List<Candidate> first() {
    return stages.isEmpty() ? nextTarget() : stages.poll();
  }

  /**
   * The candidates to try after these failures of the last ones; empty if the request has failed.
   *
   * @param best the failure that stands for the stage
   * @param noAnswer whether the stage ran out of ring time
   */
  public List<Candidate> next(Failure best, boolean noAnswer) {
    if (best.status() >= 600) { // whose phone it is has spoken for all of them
      stages.clear();
    }
    boolean policyAllows = policy.nextAfter(best.status()) || noAnswer && policy.noAnswer();
    // Another host of a trunk on which somebody was rung in vain would ring the same phone again.
    boolean rangThere = inTrunk && noAnswer && !best.isUnreachable();
    boolean mayGoOn = !inTrunk || policyAllows || best.isUnreachable();
    if (!stages.isEmpty() && mayGoOn && !rangThere) {
      return stages.poll();
    }
    attempt.end(TrunkTry.verdict(best));
    return policyAllows || best.isUnreachable() ? nextTarget() : List.of();
  }

  /**
   * What a failure of one candidate means for the target it belongs to. Of accounts that are called
   * together each is somebody else: who declines does so for itself, and the others go on ringing,
   * though a 6xx of the only one that is called ends all (RFC 3261 section 21.6).
   */
  public Failure judged(Failure failure) {
    return inGroup && failure.status() >= 600
        ? Failure.ofStatus(480, "One of the called accounts has declined")
        : failure;
  }

  /** The target after a service of ours that has done its part, whatever became of others. */
  public List<Candidate> afterService() {
    return nextTarget();
  }

  /** What the target tried last has of the limits, for who goes on with it; null for nothing. */
  public @Nullable Hold take() {
    attempt.end(Verdict.WORKS);
    Hold taken = hold;
    hold = null;
    return taken;
  }

  /** The target tried last has given a sign of life. */
  public void lives() {
    attempt.end(Verdict.WORKS);
  }

  /** Nobody goes on with the target tried last. */
  public void leave() {
    attempt.end(Verdict.UNKNOWN);
    if (hold != null) {
      hold.release();
      hold = null;
    }
  }

  /** Why the target tried last had nothing to try. */
  public Failure emptiness() {
    return lastFailure;
  }

  private List<Candidate> nextTarget() {
    stages.clear();
    leave();
    boolean goOn = true;
    while (goOn && targets.hasNext()) {
      load(targets.next());
      goOn =
          stages.isEmpty()
              && (passedOver
                  || policy.nextAfter(lastFailure.status())
                  || lastFailure.isUnreachable());
    }
    List<Candidate> stage = stages.poll();
    return stage == null ? List.of() : stage;
  }

  private void load(RouteTarget target) {
    passedOver = false;
    attempt = TrunkTry.UNJUDGED;
    inTrunk = target instanceof RouteTarget.ToTrunk;
    inGroup =
        target instanceof RouteTarget.Accounts(var rounds)
            && rounds.stream().mapToInt(List::size).sum() > 1;
    switch (target) {
      case RouteTarget.Registrar(String user, String domain) -> loadContacts(new Aor(user, domain));
      case RouteTarget.Accounts(var rounds) -> rounds.forEach(this::loadRound);
      case RouteTarget.ToTrunk trunk -> loadHosts(trunk);
      case RouteTarget.Service(String name, Announcement said) ->
          stages.add(List.of(new Candidate.Service(name, said)));
    }
  }

  private boolean mayAnswer(RouteTarget target) {
    return !(target instanceof RouteTarget.ToTrunk(Trunk trunk, _, _))
        || trunks.closed(trunk) == null && trunks.left(trunk) == null && isThere(trunk);
  }

  private boolean isThere(Trunk trunk) {
    Aor line = Aor.of(trunk);
    return line != null && !devices(line).isEmpty()
        || trunk.targets().stream().anyMatch(host -> trunks.isUp(trunk, host));
  }

  private void loadHosts(RouteTarget.ToTrunk target) {
    Trunk trunk = target.trunk();
    String closed = trunks.closed(trunk);
    if (closed != null) {
      skip(closed);
      return;
    }
    String left = someoneAnswers ? trunks.left(trunk) : null;
    if (left != null) {
      skip(left);
      return;
    }
    Aor line = Aor.of(trunk);
    if (line != null) {
      loadLine(target, line);
    }
    for (SipTarget host : inOrder(trunk)) {
      if (trunks.isUp(trunk, host) || !someoneAnswers) {
        stages.add(List.of(new Candidate.TrunkHost(trunk, host, target.user(), target.route())));
      } else {
        skip(host + " of trunk " + trunk.name() + " does not answer");
      }
    }
    if (passage != null && !stages.isEmpty() && !isIn(passage.to(trunk, target.user()))) {
      passedOver = true;
    }
    attempt = judges && !stages.isEmpty() ? trunks.begin(trunk) : TrunkTry.UNJUDGED;
  }

  /** The contacts of a trunk that registers with us, one after the other as hosts are. */
  private void loadLine(RouteTarget.ToTrunk target, Aor line) {
    Trunk trunk = target.trunk();
    for (Binding contact : devices(line)) {
      var number = new Candidate.Line(trunk, target.user());
      stages.add(List.of(new Candidate.Contact(contact, number)));
    }
    if (stages.isEmpty()) {
      skip("Trunk " + trunk.name() + " is not registered: " + line + " has not signed in");
    }
  }

  /** The targets of a trunk, the one that has our registration first. */
  private List<SipTarget> inOrder(Trunk trunk) {
    return trunk.targets().stream()
        .sorted(Comparator.comparing(host -> trunks.registeredOver(trunk, host) == null))
        .toList();
  }

  /** Whether the limits let the call in at the target that was loaded. */
  private boolean isIn(Entry entry) {
    return switch (entry) {
      case Entry.Granted(Hold granted) -> {
        hold = granted;
        yield true;
      }
      case Entry.Denied(Refusal refusal) -> {
        stages.clear();
        lastFailure = Failure.ofStatus(refusal.status(), refusal.words());
        skipped.add(refusal.words());
        yield false;
      }
    };
  }

  private void skip(String why) {
    lastFailure = Failure.unreachable(why);
    skipped.add(why);
  }

  /** What was left out since this was last asked, and why. */
  public List<String> skipped() {
    List<String> all = List.copyOf(skipped);
    skipped.clear();
    return all;
  }

  private void loadContacts(Aor aor) {
    List<Binding> devices = devices(aor);
    if (devices.isEmpty()) {
      Failure why =
          locations.exists(aor)
              ? Failure.ofStatus(480, "The called account is not signed in")
              : Failure.ofStatus(404, "There is no such account");
      lastFailure = why.by("account:" + aor);
      return;
    }
    int q = -1;
    @Nullable List<Candidate> group = null;
    for (Binding binding : devices) {
      if (group == null || binding.q() != q) {
        group = new ArrayList<>();
        stages.add(group);
        q = binding.q();
      }
      group.add(new Candidate.Contact(binding));
    }
    if (passage != null) {
      isIn(passage.to(aor));
    }
  }

  /**
   * Whether the limits would let a call in at an account. Nothing is taken of them: of several that
   * ring only one gets the call.
   */
  private boolean hasRoom(Aor aor) {
    if (passage == null) {
      return true;
    }
    return switch (passage.to(aor)) {
      case Entry.Granted(Hold granted) -> {
        granted.release();
        yield true;
      }
      case Entry.Denied(Refusal refusal) -> {
        skipped.add(refusal.words());
        yield false;
      }
    };
  }

  /** All devices of some accounts at once; who is not signed in is left out. */
  private void loadRound(List<RouteTarget.Registrar> accounts) {
    List<Candidate> all = new ArrayList<>();
    for (RouteTarget.Registrar account : accounts) {
      Aor aor = new Aor(account.user(), account.domain());
      for (Binding binding : devices(aor)) {
        if (all.size() == MOST_OF_GROUP) {
          tooMany();
        } else if (hasRoom(aor)) {
          all.add(new Candidate.Contact(binding));
        }
      }
    }
    if (all.isEmpty()) {
      lastFailure = Failure.ofStatus(480, "None of the called accounts is signed in");
    } else {
      stages.add(all);
    }
  }

  /**
   * One contact of each device, the best first: the other flows of a device are for when this one
   * fails ({@link DeviceFlows}), not for ringing it twice.
   */
  private List<Binding> devices(Aor aor) {
    Set<String> instances = new HashSet<>();
    List<Binding> devices = new ArrayList<>();
    int tooMany = 0;
    for (Binding binding : locations.lookup(aor)) {
      boolean meant = device == null || !device.aor().equals(aor) || device.names(binding);
      boolean first = binding.instance() == null || instances.add(binding.instance());
      if (meant && first && devices.size() < maxBranches) {
        devices.add(binding);
      } else if (meant && first) {
        tooMany++;
      }
    }
    if (tooMany > 0) {
      tooMany();
    }
    return devices;
  }

  private void tooMany() {
    if (counters != null) {
      counters.hit(Limit.BRANCHES);
    }
  }
}
