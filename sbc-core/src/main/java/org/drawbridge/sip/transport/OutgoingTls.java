package org.drawbridge.sip.transport;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the far end of TLS connections that we open is verified (RFC 5922).
 *
 * @param extraAuthorities certificates trusted besides those of the JDK, in PEM; null for none
 * @param verify false takes any certificate, which lets anyone in the path read and change calls
 */
public record OutgoingTls(@Nullable Path extraAuthorities, boolean verify) {

  /** The JDK's authorities, host names verified. */
  public static final OutgoingTls DEFAULT = new OutgoingTls(null, true);
}
