/**
 * The configuration file as records, and the strict reader that fills them. Read at the start on
 * the main thread; the records are immutable and may be used from any thread.
 */
@NullMarked
package org.drawbridge.routing.config;

import org.jspecify.annotations.NullMarked;
