package org.drawbridge.media.dtmf;

import org.drawbridge.media.api.Keys;
import org.drawbridge.media.rtp.RtpView;

/**
 * Makes presses and releases of the telephone-event packets of a peer (RFC 4733 2.5.2): an event is
 * known by its timestamp; it begins with whichever packet of it comes first, ends once however
 * often its end is repeated, and ends when the next begins or nothing more comes of it.
 */
public final class EventReader {

  /** Peers repeat an event at least this often while it lasts, in nanoseconds. */
  private static final long LOST_NANOS = 500_000_000L;

  /** Of the longest packets there are (RFC 7587 4.2), 120 ms. */
  private static final int PACKETS_A_SECOND = 8;

  /** Timestamps that step back further begin anew. */
  private static final int LATE_SECONDS = 5;

  private final KeyListener listener;
  private boolean known;
  private boolean down;
  private int event;
  private int ssrc;
  private int timestamp;
  private int clockRate;
  private int duration;
  private long segments;
  private long heardNanos;

  /** A reader that tells a listener. */
  public EventReader(KeyListener listener) {
    this.listener = listener;
  }

  /**
   * Takes one packet; one that is too short, or of an event that is no key, says nothing.
   *
   * @param header its header's length
   * @param clock the payload type's RTP clock in Hz
   */
  public void onPacket(byte[] buf, int off, int header, int len, int clock, long nowNanos) {
    int payload = off + header;
    if (len - header < EventPayload.LENGTH || !Keys.isKey(EventPayload.event(buf, payload))) {
      return;
    }
    int source = RtpView.ssrc(buf, off);
    int time = RtpView.timestamp(buf, off);
    int code = EventPayload.event(buf, payload);
    int length = EventPayload.duration(buf, payload);
    if (source == ssrc && !RtpView.marker(buf, off) && isRaised(time, code, length)) {
      timestamp = time;
    } else if (!known || source != ssrc || time != timestamp) {
      if (isLate(source, time, clock)) {
        return;
      }
      begin(source, time, clock, code, nowNanos);
    }
    if (down && code == event) {
      duration = Math.max(duration, length);
      heardNanos = nowNanos;
      if (EventPayload.isEnd(buf, payload)) {
        release(nowNanos);
      } else {
        listener.onKey(event, nowNanos);
      }
    }
  }

  /**
   * Whether a packet is of the same event though its timestamp is not: some gateways take it from
   * the audio's clock, packet by packet. The duration goes on from where it was, and a key pressed
   * again would begin after the end of this one.
   */
  private boolean isRaised(int time, int code, int length) {
    int step = time - timestamp;
    return known
        && code == event
        && step > 0
        && length >= duration
        && step <= (down ? length : duration);
  }

  /** Reordered: of an event before this one, which was ended by it. */
  private boolean isLate(int source, int time, int clock) {
    int behind = timestamp - time;
    return known && source == ssrc && behind > 0 && behind < LATE_SECONDS * clock;
  }

  private void begin(int source, int time, int clock, int code, long nowNanos) {
    if (goesOn(source, time, code)) {
      segments += EventPayload.MAX_DURATION;
    } else {
      if (down) {
        release(nowNanos);
      }
      segments = 0;
      event = code;
      clockRate = clock;
      listener.onKey(code, nowNanos);
    }
    known = true;
    down = true;
    ssrc = source;
    timestamp = time;
    duration = 0;
  }

  /**
   * Whether an event longer than its field goes on as a segment: one that begins where the last was
   * full (RFC 4733 2.5.1.3) or, as browsers send it, with the packet after that.
   */
  private boolean goesOn(int source, int time, int code) {
    int late = time - timestamp - EventPayload.MAX_DURATION;
    return down
        && source == ssrc
        && code == event
        && late >= 0
        && late <= clockRate / PACKETS_A_SECOND;
  }

  private void release(long nowNanos) {
    down = false;
    long millis = (segments + duration) * 1000 / clockRate;
    listener.onRelease(event, (int) millis, nowNanos);
  }

  /** Ends an event whose end never came; called a few times a second. */
  public void onTick(long nowNanos) {
    if (down && nowNanos - heardNanos >= LOST_NANOS) {
      release(nowNanos);
    }
  }
}
