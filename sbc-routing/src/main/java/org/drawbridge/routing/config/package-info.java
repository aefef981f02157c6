/**
 * The configuration file as records, which know nothing of how they are read. They are immutable
 * and may be used from any thread.
 */
@NullMarked
package org.drawbridge.routing.config;

import org.jspecify.annotations.NullMarked;
