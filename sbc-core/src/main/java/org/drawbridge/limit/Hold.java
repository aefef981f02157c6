package org.drawbridge.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * The seats that one side of a call has, taken together and released together. Belongs to one call.
 */
public final class Hold {

  /** Of a side that nobody counts. */
  static final Hold NOTHING = new Hold(List.of());

  private final List<Seat> seats;

  Hold(List<Seat> seats) {
    this.seats = List.copyOf(seats);
  }

  /** This and another as one. */
  Hold with(Hold other) {
    List<Seat> both = new ArrayList<>(seats);
    both.addAll(other.seats);
    return new Hold(both);
  }

  /** As if nothing had been taken. */
  public void undo() {
    seats.forEach(seat -> seat.meter.undo(seat));
  }

  /** The call was answered: its minutes count from now on. */
  public void talk() {
    seats.forEach(seat -> seat.meter.talk(seat));
  }

  /** This side has ended; a second time changes nothing. */
  public void release() {
    seats.forEach(seat -> seat.meter.release(seat));
  }
}
