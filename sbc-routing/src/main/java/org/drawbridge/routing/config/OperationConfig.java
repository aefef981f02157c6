package org.drawbridge.routing.config;

import java.nio.file.Path;
import org.drawbridge.routing.value.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * How the program is watched and steered while it runs.
 *
 * @param logging what is logged
 * @param socket Unix domain socket that {@code bin/sbc reload} and others talk to; null for none
 * @param metrics loopback address and port of {@code GET /metrics}; null for none
 */
public record OperationConfig(
    LoggingConfig logging, @Nullable Path socket, @Nullable HostPort metrics) {}
