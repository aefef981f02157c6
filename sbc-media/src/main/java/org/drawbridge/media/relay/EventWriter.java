package org.drawbridge.media.relay;

import org.drawbridge.media.dtmf.EventPayload;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.rtp.RtpView;

/**
 * Writes keys as telephone-events (RFC 4733 2.5.1): an event's timestamp stays, its duration grows,
 * its end is said three times; one too long for the field goes on as another segment. Owned by a
 * media loop.
 */
final class EventWriter implements KeyWriter {

  /** Loudness of an event, in dBm0 without the sign. */
  private static final int VOLUME = 10;

  private static final int END_REPEATS = 2;

  private final OwnPackets out;
  private final int payloadType;
  private final int clockRate;
  private final byte[] packet = new byte[RtpView.HEADER + EventPayload.LENGTH + Egress.TAIL_ROOM];
  private int event;
  private int segment;
  private int endDuration;
  private int repeats;

  EventWriter(OwnPackets out, KeyForm.Events form) {
    this.out = out;
    payloadType = form.payloadType();
    clockRate = form.clockRate();
  }

  @Override
  public boolean begin(int key, long nowNanos) {
    event = key;
    segment = 0;
    out.stream().begin(clockRate, nowNanos);
    write(units(Pacer.MILLIS), false, true);
    return true;
  }

  @Override
  public void goOn(int millis) {
    out.stream().follow(0, 0);
    write(within(units(millis)), false, false);
  }

  @Override
  public void end(int millis) {
    out.stream().follow(0, 0);
    endDuration = within(units(millis));
    repeats = END_REPEATS;
    write(endDuration, true, false);
  }

  /** The end may have been lost. */
  @Override
  public void rest() {
    if (repeats > 0) {
      repeats--;
      out.stream().follow(0, 0);
      write(endDuration, true, false);
    }
  }

  private int units(int millis) {
    return (int) ((long) millis * clockRate / 1000);
  }

  /** The part of a duration that the segment of now holds, begun when it must be (2.5.1.3). */
  private int within(int units) {
    while (units - segment > EventPayload.MAX_DURATION) {
      write(EventPayload.MAX_DURATION, false, false);
      segment += EventPayload.MAX_DURATION;
      long nanos = 1_000_000_000L * EventPayload.MAX_DURATION / clockRate;
      // The audio beside it may be of another clock, in which the stream goes on.
      long step = (long) EventPayload.MAX_DURATION * out.stream().clockRate() / clockRate;
      out.stream().follow((int) step, nanos);
    }
    return units - segment;
  }

  private void write(int duration, boolean end, boolean marker) {
    EventPayload.write(packet, RtpView.HEADER, event, end, VOLUME, duration);
    out.send(packet, EventPayload.LENGTH, payloadType, marker);
  }
}
