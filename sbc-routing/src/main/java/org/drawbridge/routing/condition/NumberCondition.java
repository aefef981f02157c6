package org.drawbridge.routing.condition;

import org.drawbridge.routing.value.ServiceUrn;

/**
 * The number of one side is on a list.
 *
 * @param side whose number
 * @param list the numbers
 */
public record NumberCondition(Side side, NumberList list) implements Circumstance {

  /** One end of a call. */
  public enum Side {
    /** The user part of the Request-URI. */
    TO,
    /** The user part of the From URI. */
    CALLER;

    String key() {
      return this == TO ? "to" : "caller";
    }
  }

  @Override
  public boolean holds(Occasion occasion) {
    return ServiceUrn.known(number(occasion), list::contains) != null;
  }

  private String number(Occasion occasion) {
    return side == Side.TO ? occasion.calleeNumber() : occasion.callerNumber();
  }

  @Override
  public String wanted() {
    return side.key() + " " + list;
  }

  @Override
  public String found(Occasion occasion) {
    String number = number(occasion);
    String known = ServiceUrn.known(number, list::contains);
    return known == null ? number : number + ", on the list as " + list.entry(known);
  }
}
