package org.drawbridge.limit;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.limit.Bounds;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkBounds;
import org.jspecify.annotations.Nullable;

/**
 * One request for a call at the limits: who asks, by which configuration, how urgently. Belongs to
 * one call.
 */
public final class Passage {

  private final Meters meters;
  private final Bounds bounds;
  private final CallSource source;
  private final Manner manner;
  private final boolean onBehalf;
  private final Owner owner;

  /** The call that asks. */
  public interface Owner {

    /** It has this now. */
    void granted(Hold hold);

    /** It is to end for an emergency call's sake, and has nothing any more; on any thread. */
    void preempt();
  }

  /** How a call meets the limits. */
  public enum Manner {
    /** It keeps to them. */
    NORMAL,
    /** As above, and nobody can end it for an emergency call's sake. */
    PASSED_ON,
    /** It is counted and never refused. */
    EMERGENCY,
    /** As above, and another call ends where a trunk is full. */
    PREEMPTING,
    /** It is no call and counts as none, but goes nowhere that a call may not. */
    UNCOUNTED
  }

  private static final Owner NOBODY =
      new Owner() {
        @Override
        public void granted(Hold hold) {}

        @Override
        public void preempt() {}
      };

  private Passage(
      Meters meters,
      Bounds bounds,
      CallSource source,
      Manner manner,
      boolean onBehalf,
      Owner owner) {
    this.meters = meters;
    this.bounds = bounds;
    this.source = source;
    this.manner = manner;
    this.onBehalf = onBehalf;
    this.owner = owner;
  }

  /** Of a call that somebody makes. */
  public static Passage of(
      Meters meters, Bounds bounds, CallSource source, Manner manner, Owner owner) {
    return new Passage(meters, bounds, source, manner, false, owner);
  }

  /** Of what is no call and costs all the same, as a message through a trunk. */
  public static Passage ofMessage(Meters meters, Bounds bounds, CallSource source) {
    return new Passage(meters, bounds, source, Manner.UNCOUNTED, false, NOBODY);
  }

  /** Of what somebody else makes of this call, by a redirection or a transfer. */
  public Passage onBehalfOf(CallSource by, Manner how) {
    return new Passage(meters, bounds, by, how, true, owner);
  }

  private static boolean isUrgent(Manner manner) {
    return manner == Manner.EMERGENCY || manner == Manner.PREEMPTING;
  }

  /** The call itself and the account that makes it: they count until the call ends. */
  public Entry enter() {
    List<Subject> subjects = new ArrayList<>(3);
    subjects.addAll(payers());
    subjects.add(meters.everybody(bounds));
    return take(subjects, Use.PAID);
  }

  /** The leg of a trunk that calls. */
  public Entry from(Trunk trunk) {
    return take(List.of(meters.trunk(trunk)), Use.UNPAID);
  }

  /** A leg to a trunk, with the number that it is to call. */
  public Entry to(Trunk trunk, String number) {
    Entry.Denied denied = isUrgent(manner) ? null : forbidden(trunk, number);
    if (denied != null) {
      return denied;
    }
    if (manner == Manner.UNCOUNTED) {
      return new Entry.Granted(Hold.NOTHING);
    }
    if (trunk.bounds().equals(TrunkBounds.NONE)) {
      return withPayers(List.of(), Use.PAID); // maybe an address of the moment
    }
    Subject subject = meters.trunk(trunk);
    int calls = subject.limits().calls();
    if (manner == Manner.PREEMPTING && calls > 0) {
      makeRoom(subject.meter(), calls);
    }
    return withPayers(List.of(subject), Use.PAID);
  }

  /** Why this number may not be called there, for any of those who are limited. */
  private Entry.@Nullable Denied forbidden(Trunk trunk, String number) {
    List<Subject> subjects = new ArrayList<>(payers());
    subjects.add(meters.everybody(bounds));
    subjects.add(meters.named(trunk));
    for (Subject subject : subjects) {
      LimitKind kind = LimitKind.ofDestination(subject.limits(), bounds, trunk.name(), number);
      if (kind != null) {
        meters.countRefused(kind);
        return new Entry.Denied(subject.refusal(kind));
      }
    }
    return null;
  }

  private static void makeRoom(Meter meter, int calls) {
    boolean goOn = true;
    while (goOn && meter.facts().calls() >= calls) {
      goOn = meter.preemptYoungest();
    }
  }

  /** The leg to the devices of an account. */
  public Entry to(Aor account) {
    return manner == Manner.UNCOUNTED
        ? new Entry.Granted(Hold.NOTHING)
        : withPayers(meters.account(account, bounds), Use.PLACE);
  }

  private Entry withPayers(List<Subject> called, Use use) {
    List<Subject> payers = onBehalf ? payers() : List.of();
    if (payers.isEmpty()) {
      return take(called, use);
    }
    return switch (take(payers, Use.PAID)) {
      case Entry.Denied denied -> denied;
      case Entry.Granted(Hold paying) ->
          switch (take(called, use)) {
            case Entry.Granted(Hold hold) -> new Entry.Granted(hold.with(paying));
            case Entry.Denied denied -> {
              paying.undo();
              yield denied;
            }
          };
    };
  }

  private List<Subject> payers() {
    return switch (source) {
      case CallSource.Registered(String user, String domain) ->
          meters.payer(new Aor(user, domain), bounds);
      case CallSource.FromTrunk _, CallSource.Anonymous _ -> List.of();
    };
  }

  private Entry take(List<Subject> subjects, Use use) {
    if (subjects.isEmpty()) {
      return new Entry.Granted(Hold.NOTHING);
    }
    List<Seat> taken = new ArrayList<>(subjects.size());
    for (Subject subject : subjects) {
      Seat seat = new Seat(subject.meter(), use, manner == Manner.NORMAL ? owner::preempt : null);
      LimitKind full = take(subject, seat);
      if (full != null) {
        new Hold(taken).undo();
        meters.countRefused(full);
        return new Entry.Denied(subject.refusal(full));
      }
      taken.add(seat);
    }
    Hold hold = new Hold(taken);
    owner.granted(hold);
    return new Entry.Granted(hold);
  }

  private @Nullable LimitKind take(Subject subject, Seat seat) {
    if (isUrgent(manner)) {
      subject.meter().force(seat);
      return null;
    }
    return subject.meter().take(seat, subject.limits());
  }
}
