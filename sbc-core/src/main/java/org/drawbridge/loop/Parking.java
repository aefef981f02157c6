package org.drawbridge.loop;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** For a loop without sockets: only waits. */
public final class Parking implements LoopIo {

  private volatile @Nullable Thread owner;

  @Override
  public void ownedBy(Thread thread) {
    owner = thread;
  }

  @Override
  public void serve(long waitNanos) {
    if (waitNanos > 0) {
      LockSupport.parkNanos(this, waitNanos);
    }
  }

  @Override
  public void gather(long restNanos) {
    serve(restNanos);
  }

  @Override
  public void wake() {
    LockSupport.unpark(owner);
  }

  @Override
  public void close() {}
}
