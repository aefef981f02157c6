package org.drawbridge.sip.transport.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener's identity lies, in PEM.
 *
 * @param certificate the server's certificate first, then its chain; may hold the key too
 * @param key a file with the private key, null if {@code certificate} holds it
 */
public record TlsFiles(Path certificate, @Nullable Path key) {}
