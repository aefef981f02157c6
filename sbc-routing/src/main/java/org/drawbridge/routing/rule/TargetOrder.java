package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.TrunkGroup;
import org.drawbridge.routing.config.TrunkGroup.Member;
import org.drawbridge.routing.config.TrunkGroup.Pick;

/**
 * A route's targets, with groups opened and weights drawn anew for each call. Neighbouring trunks
 * with a weight are a group of their own.
 */
final class TargetOrder {

  private final List<Step> steps;

  private TargetOrder(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** One target or, where a choice is to be made, several trunks. */
  private sealed interface Step {
    record Fixed(Target target) implements Step {}

    record Chosen(TrunkChoice choice) implements Step {}

    record Rung(AccountTurn turn) implements Step {}
  }

  static TargetOrder compile(
      List<Target> targets, Map<String, TrunkGroup> groups, IntUnaryOperator dice) {
    List<Step> steps = new ArrayList<>();
    List<Member> weighted = new ArrayList<>();
    for (Target target : targets) {
      if (target instanceof Target.ToTrunk(String trunk, int weight) && weight > 0) {
        weighted.add(new Member(trunk, weight));
        continue;
      }
      close(weighted, steps, dice);
      steps.add(step(target, groups, dice));
    }
    close(weighted, steps, dice);
    return new TargetOrder(steps);
  }

  private static Step step(Target target, Map<String, TrunkGroup> groups, IntUnaryOperator dice) {
    return switch (target) {
      case Target.ToGroup(String name) ->
          new Step.Chosen(TrunkChoice.of(Objects.requireNonNull(groups.get(name)), dice));
      case Target.Accounts accounts -> new Step.Rung(AccountTurn.of(accounts, dice));
      case Target.Registrar _, Target.ToTrunk _, Target.ToUri _, Target.Service _, Target.Http _ ->
          new Step.Fixed(target);
    };
  }

  private static void close(List<Member> weighted, List<Step> steps, IntUnaryOperator dice) {
    if (!weighted.isEmpty()) {
      TrunkGroup group = new TrunkGroup(Pick.WEIGHT, weighted, null);
      steps.add(new Step.Chosen(TrunkChoice.of(group, dice)));
      weighted.clear();
    }
  }

  /** Registrar, services and single trunks, the first to be tried first; may be empty. */
  List<Target> targets(String number) {
    List<Target> targets = new ArrayList<>(steps.size());
    for (Step step : steps) {
      switch (step) {
        case Step.Fixed(Target target) -> targets.add(target);
        case Step.Rung(AccountTurn turn) -> targets.add(turn.next());
        case Step.Chosen(TrunkChoice choice) ->
            choice.order(number).forEach(trunk -> targets.add(new Target.ToTrunk(trunk, 0)));
      }
    }
    return targets;
  }
}
