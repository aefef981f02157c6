package org.drawbridge.media.relay;

import java.util.function.LongConsumer;
import org.drawbridge.media.api.Keys;
import org.drawbridge.media.dtmf.KeyListener;
import org.drawbridge.media.plane.KeyForm;
import org.jspecify.annotations.Nullable;

/**
 * Sends keys to one peer, one after the other, in the form it takes: those that are down on the
 * other side as long as they are, and whole ones that signalling brought. Meanwhile nothing else is
 * sent to it. Owned by a media loop.
 */
final class KeySender implements KeyListener {

  /** Keys that may wait; more are dropped. */
  static final int MAX_WAITING = 32;

  /** The least that receivers find (Q.24), and the most that a peer may make us send, in ms. */
  private static final int MIN_MILLIS = 40;

  private static final int MAX_MILLIS = 10_000;

  /** Between two keys, in ms. */
  private static final int PAUSE_MILLIS = 60;

  /** A key that nobody says is still down is up after so long. */
  private static final long HELD_NANOS = 600_000_000L;

  private enum State {
    IDLE,
    DOWN,
    PAUSE
  }

  private final Pacer pacer;
  private final LongConsumer task = this::onPace;
  private final OwnPackets out;
  private final int[] waiting = new int[MAX_WAITING];
  private final int[] waitingMillis = new int[MAX_WAITING];
  private int first;
  private int count;
  private State state = State.IDLE;
  private @Nullable KeyForm form;
  private @Nullable KeyWriter writer;
  private int event;
  private boolean held;

  /** A key that was sent for as long as may be and is still down on the other side. */
  private int cut = Keys.NONE;

  private long heldNanos;
  private int played;
  private int target;
  private int rest;

  KeySender(Pacer pacer, OwnPackets out) {
    this.pacer = pacer;
    this.out = out;
  }

  /** How the peer takes keys from now on. */
  void form(KeyForm next) {
    if (next.equals(form)) {
      return;
    }
    stop();
    form = next;
    writer =
        switch (next) {
          case KeyForm.Events events -> new EventWriter(out, events);
          case KeyForm.Tones tones -> new ToneWriter(out, tones);
          case KeyForm.Signalled _ -> null;
        };
  }

  /** Whether a key is being sent, or is about to be. */
  boolean isBusy() {
    return state != State.IDLE;
  }

  /** Sends a whole key as soon as those before it have been sent. */
  void play(int key, int millis, long nowNanos) {
    if (writer == null || count == MAX_WAITING) {
      return;
    }
    int slot = (first + count++) % MAX_WAITING;
    waiting[slot] = key;
    waitingMillis[slot] = Math.clamp(millis, MIN_MILLIS, MAX_MILLIS);
    if (state == State.IDLE) {
      next(nowNanos);
    }
  }

  @Override
  public void onKey(int key, long nowNanos) {
    if (held && key == event || isCut(key, nowNanos)) {
      heldNanos = nowNanos;
    } else if (state == State.IDLE) {
      cut = Keys.NONE;
      held = true;
      heldNanos = nowNanos;
      begin(key, MAX_MILLIS, nowNanos);
    }
  }

  /** Of a key that waited for others before it, this is all: it is sent now. */
  @Override
  public void onRelease(int key, int millis, long nowNanos) {
    if (held && key == event) {
      held = false;
      target = Math.clamp(millis, MIN_MILLIS, MAX_MILLIS);
    } else if (isCut(key, nowNanos)) {
      cut = Keys.NONE;
    } else {
      play(key, millis, nowNanos);
    }
  }

  private boolean isCut(int key, long nowNanos) {
    return key == cut && nowNanos - heldNanos < 2 * HELD_NANOS;
  }

  private void next(long nowNanos) {
    int key = waiting[first];
    int millis = waitingMillis[first];
    first = (first + 1) % MAX_WAITING;
    count--;
    begin(key, millis, nowNanos);
  }

  private void begin(int key, int millis, long nowNanos) {
    if (writer == null || !out.areWanted() || !writer.begin(key, nowNanos)) {
      held = false;
      return;
    }
    event = key;
    target = millis;
    played = Pacer.MILLIS;
    if (state == State.IDLE) {
      pacer.start(task);
    }
    state = State.DOWN;
  }

  private void onPace(long nowNanos) {
    KeyWriter by = writer;
    if (by == null || state == State.IDLE) {
      stop();
    } else if (state == State.DOWN) {
      goOn(by, nowNanos);
    } else {
      pause(by, nowNanos);
    }
  }

  private void goOn(KeyWriter by, long nowNanos) {
    if (held && nowNanos - heldNanos >= HELD_NANOS) {
      held = false;
      target = played;
    }
    if (played + Pacer.MILLIS <= target) {
      played += Pacer.MILLIS;
      by.goOn(played);
      return;
    }
    cut = held ? event : cut;
    held = false;
    by.end(Math.max(target, played));
    state = State.PAUSE;
    rest = PAUSE_MILLIS;
  }

  private void pause(KeyWriter by, long nowNanos) {
    by.rest();
    rest -= Pacer.MILLIS;
    if (rest > 0) {
      return;
    }
    if (count > 0) {
      next(nowNanos);
    } else {
      stop();
    }
  }

  /** Gives up what it is doing. */
  void stop() {
    pacer.stop(task);
    state = State.IDLE;
    held = false;
    count = 0;
  }
}
