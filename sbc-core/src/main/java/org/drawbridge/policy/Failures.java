package org.drawbridge.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The failures of all branches of one request, and the one that stands for them. Belongs to one
 * call.
 */
public final class Failures {

  private final List<Failure> all = new ArrayList<>();

  /** Adds the failure of one branch. */
  public void add(Failure failure) {
    all.add(failure);
  }

  /** Adds the failures of another part of the same request. */
  public void addAll(Failures others) {
    all.addAll(others.all);
  }

  /** Only this counts, whatever was added before. */
  public void end(Failure last) {
    all.clear();
    all.add(last);
  }

  /** Whether none was added. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether exactly one was added. */
  public boolean isSingle() {
    return all.size() == 1;
  }

  /**
   * The best one (RFC 3261 section 16.7 item 6): any 6xx, else the lowest class; in it the answers
   * that tell the caller what it can do, then what a person did, then what was heard first.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public Failure best() {
    return Collections.min(all, Comparator.comparingInt(Failures::rank));
  }

  /**
   * The best one, with all others behind it in the words for the log: who has to find out why a
   * call failed wants to hear of each phone and trunk.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public Failure summary() {
    return best().with(all);
  }

  private static int rank(Failure failure) {
    int shown = failure.statusForCaller(false);
    if (shown >= 600) {
      return 0;
    }
    return shown / 100 * 10 + preference(failure);
  }

  private static int preference(Failure failure) {
    return switch (failure.status()) {
      case 415, 484 -> 0;
      case 486 -> 1;
      case 404, 408, 480, 487 -> failure.response() == null ? 4 : 3;
      default -> 2;
    };
  }
}
