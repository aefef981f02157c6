package org.drawbridge.media.relay;

import org.drawbridge.media.dtmf.EventPayload;
import org.drawbridge.media.rtp.RtpView;

/**
 * Writes the packets of one key after another into a peer's stream (RFC 4733 2.5.1): the event's
 * timestamp stays, its duration grows, its end is said three times; one too long for the field goes
 * on as another segment. Owned by a media loop.
 */
final class KeyWriter {

  /** Loudness of an event, in dBm0 without the sign. */
  private static final int VOLUME = 10;

  private static final int END_REPEATS = 2;

  private final RelayLeg leg;
  private final OutboundStream stream;
  private final Egress egress;
  private final LegCounters counters;
  private final byte[] packet =
      new byte[RtpView.HEADER + EventPayload.LENGTH + Egress.TAIL_ROOM];
  private int event;
  private int payloadType;
  private int clockRate;
  private int segment;
  private int endDuration;
  private int repeats;

  KeyWriter(RelayLeg leg, OutboundStream stream, Egress egress, LegCounters counters) {
    this.leg = leg;
    this.stream = stream;
    this.egress = egress;
    this.counters = counters;
  }

  /** Sends a key's first packet; false when the peer cannot have it. */
  boolean begin(KeyForm form, int key, long nowNanos) {
    if (!leg.receives() || !(form instanceof KeyForm.Events(int type, int rate))) {
      return false;
    }
    event = key;
    payloadType = type;
    clockRate = rate;
    segment = 0;
    stream.begin(rate, nowNanos);
    write(units(Pacer.MILLIS), false, true);
    return true;
  }

  /** The key is still down after so many milliseconds. */
  void goOn(int millis) {
    stream.follow(0, 0);
    write(within(units(millis)), false, false);
  }

  /** The key was down for so many milliseconds. */
  void end(int millis) {
    stream.follow(0, 0);
    endDuration = within(units(millis));
    repeats = END_REPEATS;
    write(endDuration, true, false);
  }

  /** Between keys: the end may have been lost. */
  void rest() {
    if (repeats > 0) {
      repeats--;
      stream.follow(0, 0);
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
      stream.follow(
          EventPayload.MAX_DURATION, 1_000_000_000L * EventPayload.MAX_DURATION / clockRate);
    }
    return units - segment;
  }

  private void write(int duration, boolean end, boolean marker) {
    packet[0] = (byte) 0x80;
    RtpView.setPayloadType(packet, 0, payloadType, marker);
    RtpView.setSeq(packet, 0, stream.seq());
    RtpView.setTimestamp(packet, 0, stream.timestamp());
    RtpView.setSsrc(packet, 0, stream.ssrc());
    EventPayload.write(packet, RtpView.HEADER, event, end, VOLUME, duration);
    if (egress.sendRtp(packet, 0, RtpView.HEADER + EventPayload.LENGTH)) {
      stream.sent(EventPayload.LENGTH);
      counters.sent(EventPayload.LENGTH);
    }
  }
}
