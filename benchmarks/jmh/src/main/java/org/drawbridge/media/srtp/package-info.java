/**
 * Microbenchmarks of what protects each packet, in the package of SRTP because what they measure is
 * not public. Run by {@code benchmarks/jmh/run}.
 */
@NullMarked
package org.drawbridge.media.srtp;

import org.jspecify.annotations.NullMarked;
