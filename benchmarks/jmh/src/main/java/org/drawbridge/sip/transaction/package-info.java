/**
 * Microbenchmarks of what happens to each SIP message, in the package of the transaction layer
 * because what they measure is not public. Run by {@code benchmarks/jmh/run}.
 */
@NullMarked
package org.drawbridge.sip.transaction;

import org.jspecify.annotations.NullMarked;
