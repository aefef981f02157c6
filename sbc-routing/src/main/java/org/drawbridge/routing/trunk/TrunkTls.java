package org.drawbridge.routing.trunk;

import java.nio.file.Path;
import org.drawbridge.routing.value.TlsIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What TLS connections that we open to a trunk are made with.
 *
 * @param identity what says who we are, or null where the trunk asks for nothing
 * @param authorities PEM file of those who vouch for the trunk's own certificate, they and nobody
 *     else; null for the authorities that the JDK knows
 */
public record TrunkTls(@Nullable TlsIdentity identity, @Nullable Path authorities) {

  /** No certificate of ours, the authorities of the JDK. */
  public static final TrunkTls USUAL = new TrunkTls(null, null);
}
