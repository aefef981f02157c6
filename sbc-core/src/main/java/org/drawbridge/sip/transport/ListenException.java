package org.drawbridge.sip.transport;

import java.io.IOException;

/**
 * A listener cannot be started; the message names it and says why, fit to be shown to the operator.
 */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  ListenException(ListenerSettings listener, String why, Throwable cause) {
    super("Cannot listen on " + listener.describe() + ": " + why, cause);
  }
}
