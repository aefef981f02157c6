package org.drawbridge.routing.value;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where that lies, in PEM, by which we show in TLS who we are.
 *
 * @param certificate our certificate and its chain; the key too, where {@code key} is null
 * @param key the private key alone, as programs that renew certificates keep it
 */
public record TlsIdentity(Path certificate, @Nullable Path key) {}
