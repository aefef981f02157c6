package org.drawbridge.media.relay;

import org.drawbridge.media.dtmf.EventReader;
import org.drawbridge.media.dtmf.KeyListener;
import org.drawbridge.media.dtmf.Keys;
import org.drawbridge.media.rtp.RtpView;

/**
 * Finds the keys that a peer presses among its packets and hands them to the other leg, or tells of
 * them where that leg's peer takes them in signalling. Owned by a media loop.
 */
final class KeyInput implements KeyListener {

  private static final int TYPES = 128;

  private final KeyRoute route;
  private final RelayLeg to;
  private final RelayListener listener;
  private final int[] clockRates = new int[TYPES];
  private final EventReader events = new EventReader(this);

  KeyInput(KeyRoute route, RelayLeg to, RelayListener listener) {
    this.route = route;
    this.to = to;
    this.listener = listener;
    route.events().forEach((type, rate) -> clockRates[type] = rate);
  }

  /** Whether this is the way for packets to a leg. */
  boolean is(KeyRoute other, RelayLeg sink) {
    return route.equals(other) && to == sink;
  }

  /**
   * Looks at a packet.
   *
   * @param header its header's length
   * @return whether it was a key and is not to be passed on
   */
  boolean takes(byte[] buf, int off, int header, int len, long nowNanos) {
    int clockRate = clockRates[RtpView.payloadType(buf, off)];
    if (clockRate == 0) {
      return false;
    }
    events.onPacket(
        RtpView.ssrc(buf, off),
        RtpView.timestamp(buf, off),
        clockRate,
        buf,
        off + header,
        len - header,
        nowNanos);
    return true;
  }

  void onTick(long nowNanos) {
    events.onTick(nowNanos);
  }

  @Override
  public void onKey(int event, long nowNanos) {
    if (!(route.to() instanceof KeyForm.Signalled)) {
      to.keys().onKey(event, nowNanos);
    }
  }

  @Override
  public void onRelease(int event, int millis, long nowNanos) {
    if (route.to() instanceof KeyForm.Signalled) {
      listener.onKey(Keys.key(event), millis);
    } else {
      to.keys().onRelease(event, millis, nowNanos);
    }
  }
}
