package org.drawbridge.sip.transport.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What TLS connections that we open are made with. The far end's certificate must be for the host
 * that was asked for (RFC 5922 section 7).
 *
 * @param authorities who vouches for the far end, in PEM, they and nobody else; null for the
 *     authorities that the JDK knows
 * @param identity what we show where the far end asks who we are; null for nothing
 */
public record OutgoingTls(@Nullable Path authorities, @Nullable TlsFiles identity) {

  /** The JDK's authorities, no certificate of ours. */
  public static final OutgoingTls DEFAULT = new OutgoingTls(null, null);
}
