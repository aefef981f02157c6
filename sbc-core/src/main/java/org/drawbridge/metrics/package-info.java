/**
 * What the process counts and measures of itself: named counters and gauges with at most one label,
 * and their text for Prometheus. Thread-safe; counting takes no lock and makes no object.
 */
@NullMarked
package org.drawbridge.metrics;

import org.jspecify.annotations.NullMarked;
